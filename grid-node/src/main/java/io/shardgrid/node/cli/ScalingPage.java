package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node's {@code /autoscale} page says. Immutable.
 *
 * @param node name of the member on which the autoscaler runs
 * @param order what is being carried out; null if nothing is
 * @param decisions the last ones, the latest first
 * @param notes what was done of late, the latest last
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScalingPage(
    String node,
    String mode,
    boolean inCharge,
    int members,
    @Nullable Order order,
    List<Decision> decisions,
    List<Note> notes) {

  public ScalingPage {
    decisions = List.copyOf(decisions);
    notes = List.copyOf(notes);
  }

  /**
   * An order under way.
   *
   * @param text what is waited for
   * @param before nodes there were
   * @param nodes nodes there should be
   * @param leaving the node that is to end; null if nodes are to come
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Order(
      long number,
      String state,
      String text,
      int before,
      int nodes,
      @Nullable String leaving,
      String at) {

    /** When it was decided. */
    public Instant decidedAt() {
      return Instant.parse(at);
    }
  }

  /**
   * A decision, or several in a row that were all alike.
   *
   * @param since when the first of them was made
   * @param nodes how many there were
   * @param change nodes to come, or below 0 to go
   * @param proposed what the metrics asked for
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Decision(
      String since,
      int nodes,
      int change,
      int proposed,
      List<Metric> metrics,
      List<Reason> reasons,
      List<Input> inputs) {

    public Decision {
      metrics = List.copyOf(metrics);
      reasons = List.copyOf(reasons);
      inputs = List.copyOf(inputs);
    }

    /** When the first of them was made. */
    public Instant madeAt() {
      return Instant.parse(since);
    }
  }

  /**
   * What a metric said.
   *
   * @param kind what its numbers are: utilization, average or value
   * @param reported what was read; null if nothing could be
   * @param proposed nodes that it asked for; null if it asked for none
   * @param problem why it could not be read, or what is wrong with readings; null if nothing is
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Metric(
      String name,
      String kind,
      double target,
      @Nullable Double reported,
      @Nullable Integer proposed,
      @Nullable String problem) {}

  /** Something that influenced a decision. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Reason(String cause, String text) {}

  /** What was known of a member; its bytes are null if it has not reported. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Input(
      String node, String standing, @Nullable Long heldBytes, List<Reading> readings) {

    public Input {
      readings = List.copyOf(readings);
    }
  }

  /** A reading as the node sent it: it may be anything. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Reading(String metric, double value) {}

  /** Something that was done about the size. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Note(String at, String text) {

    /** When it was done. */
    public Instant writtenAt() {
      return Instant.parse(at);
    }
  }

  /**
   * Asks a node.
   *
   * @param node address of its HTTP server, host:port
   * @param decisions the last ones, so many at most
   * @throws CommandException when it does not answer
   */
  public static ScalingPage fetch(String node, int decisions) {
    return parse(AdminPage.get(node, "/autoscale?decisions=" + decisions));
  }

  static ScalingPage parse(String text) {
    return AdminPage.parse(text, ScalingPage.class);
  }
}
