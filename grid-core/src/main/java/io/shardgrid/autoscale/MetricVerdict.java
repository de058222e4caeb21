package io.shardgrid.autoscale;

import java.util.List;

/**
 * What became of a metric. Immutable.
 *
 * @param doubts what is wrong with its readings; with any, nothing is removed
 */
public record MetricVerdict(String name, MetricProposal proposal, List<String> doubts) {

  public MetricVerdict {
    doubts = List.copyOf(doubts);
  }
}
