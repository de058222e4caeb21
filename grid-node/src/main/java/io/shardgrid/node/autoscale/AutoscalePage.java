package io.shardgrid.node.autoscale;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.shardgrid.node.cli.AdminPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node's {@code /autoscale} page says. Immutable. Times are ISO 8601.
 *
 * @param at when it was told
 * @param node name of the member on which the autoscaler runs
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record AutoscalePage(
    String at,
    String node,
    String mode,
    boolean inCharge,
    Bounds bounds,
    int members,
    @Nullable Order order,
    Made made,
    List<Decision> decisions,
    List<Note> notes) {

  AutoscalePage {
    decisions = List.copyOf(decisions);
    notes = List.copyOf(notes);
  }

  /** The fewest and the most nodes. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Bounds(int min, int max) {}

  /** How many decisions there were of each sort. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Made(long stay, long add, long remove) {}

  /** An order under way. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Order(
      long number,
      String state,
      String text,
      int before,
      int nodes,
      @Nullable String leaving,
      long ageMillis) {}

  /** A decision, or several alike in a row. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Decision(
      String since,
      String at,
      int times,
      int nodes,
      int change,
      @Nullable String leaving,
      String basis,
      int proposed,
      int stabilized,
      int limited,
      String limit,
      List<Metric> metrics,
      List<Reason> reasons,
      List<Input> inputs) {}

  /** What a metric said; null for what it did not. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Metric(
      String name,
      String kind,
      double target,
      @Nullable Double reported,
      @Nullable Integer proposed,
      @Nullable String problem) {

    /** Whether it is in percent. */
    boolean isUtilization() {
      return kind.equals("utilization");
    }
  }

  /** Something that influenced a decision. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Reason(String cause, String text) {}

  /** What was known of a member. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Input(
      String node,
      String zone,
      String standing,
      String upSince,
      @Nullable Long ownBytes,
      @Nullable Long heldBytes,
      @Nullable Long bytesMax,
      List<Reading> readings) {}

  /** A reading; one that is no number comes as the string {@code "NaN"}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Reading(String metric, double value, @Nullable Double whole, String at) {}

  /** Something that was done. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Note(String at, String text) {}

  /**
   * The page as the node sends it.
   *
   * @param node address of its HTTP server, host:port
   * @param decisions so many at most
   * @throws io.shardgrid.node.cli.CommandException when it does not answer
   */
  static String fetchText(String node, int decisions) {
    return AdminPage.get(node, "/autoscale?decisions=" + decisions);
  }

  static AutoscalePage parse(String text) {
    return AdminPage.parse(text, AutoscalePage.class);
  }

  /** When it was told. */
  Instant instant() {
    return Instant.parse(at);
  }
}
