package io.shardgrid.autoscale;

/** What one metric proposes. */
public sealed interface MetricProposal {

  /**
   * A size.
   *
   * @param nodes how many nodes there should be
   * @param reported the metric's present value: percent for a utilisation, else in its own unit
   * @param average mean reading of the nodes that count, rounded down; for a metric that is not
   *     read node by node the same as {@code reported}
   */
  record Size(int nodes, long reported, long average) implements MetricProposal {}

  /**
   * None: the metric cannot be read, or says nothing that makes sense. The size stays.
   *
   * @param reason why, in the form {@code what is wrong: name=value}
   */
  record Unreadable(String reason) implements MetricProposal {}
}
