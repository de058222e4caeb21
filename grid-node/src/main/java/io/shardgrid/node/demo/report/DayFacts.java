package io.shardgrid.node.demo.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of a day of a grid that scales itself. Immutable.
 *
 * @param flaws why it is no success, in words; empty if it is one
 */
public record DayFacts(
    Setup setup,
    Instant began,
    List<Second> seconds,
    List<Change> changes,
    Totals totals,
    Audit audit,
    List<String> flaws) {

  public DayFacts {
    seconds = List.copyOf(seconds);
    changes = List.copyOf(changes);
    flaws = List.copyOf(flaws);
  }

  /**
   * What was asked for.
   *
   * @param targetEach operations a second that each node is to serve
   * @param night operations a second at the beginning and the end
   * @param peak the same at noon
   * @param day how long a day was to last
   * @param machine what it ran on
   * @param settings what nodes were told
   */
  public record Setup(
      int nodesMin,
      int nodesMax,
      int targetEach,
      int night,
      int peak,
      Duration day,
      String machine,
      List<Setting> settings) {

    public Setup {
      settings = List.copyOf(settings);
    }
  }

  /** A setting, and what it means here. */
  public record Setting(String key, String value, String meaning) {}

  /**
   * A second of the day.
   *
   * @param at seconds from the beginning of the day
   * @param nodes full members
   * @param asked nodes that the metrics asked for; below 0 if nobody said
   * @param due operations a second that were to be sent
   * @param load what was done
   * @param copiedBytes that nodes have sent to fill others, from the beginning of the day on
   */
  public record Second(double at, int nodes, int asked, double due, Load load, long copiedBytes) {}

  /**
   * What was done of the load in a second.
   *
   * @param done operations a second that were answered as they should be
   * @param middleMillis latency that half of them did not exceed; 0 if there were none
   * @param slowMillis what 99 of 100 did not exceed
   * @param failed how many were not answered as they should be
   */
  public record Load(double done, double middleMillis, double slowMillis, long failed) {}

  /**
   * Sums of the day.
   *
   * @param operations that were answered as they should be
   * @param failed that were not
   * @param failures the same by kind, for people; empty if there are none
   * @param copiedBytes that nodes have sent to fill others
   */
  public record Totals(
      long operations, long failed, String failures, Latency latency, long copiedBytes) {}

  /** Latencies in milliseconds that a part of all operations did not exceed. */
  public record Latency(double half, double of99, double of999, double longest) {}

  /**
   * What a look at all data found after the day.
   *
   * @param towns entries of towns that there have to be
   * @param counters counters that there have to be
   * @param writes acknowledged writes that these have to show
   * @param readsChecked reads of the day that were compared with what had been written
   * @param wrong entries that are not as they have to be
   * @param examples some of these, for people
   */
  public record Audit(
      long towns,
      long counters,
      long writes,
      long readsChecked,
      long wrong,
      List<String> examples) {

    public Audit {
      examples = List.copyOf(examples);
    }
  }

  /** Whether all went as it should. */
  public boolean isGood() {
    return flaws.isEmpty();
  }

  /** Nodes at the beginning, the most, and those at the end. */
  public List<Integer> path() {
    return path(seconds);
  }

  /** The same of some seconds; empty if there are none. */
  public static List<Integer> path(List<Second> seconds) {
    if (seconds.isEmpty()) {
      return List.of();
    }
    int most = seconds.stream().mapToInt(Second::nodes).max().orElse(0);
    return List.of(seconds.get(0).nodes(), most, seconds.get(seconds.size() - 1).nodes());
  }

  /** The second at which there were that many nodes for the first time; below 0 if never. */
  public double firstWith(int nodes) {
    return seconds.stream()
        .filter(second -> second.nodes() >= nodes)
        .mapToDouble(Second::at)
        .findFirst()
        .orElse(-1);
  }

  /** The second from which on there were no more than so many; below 0 if there were at the end. */
  public double lastAbove(int nodes) {
    double last = -1;
    for (Second second : seconds) {
      last = second.nodes() > nodes ? -1 : last < 0 ? second.at() : last;
    }
    return last;
  }

  /** How long the day was, in seconds. */
  public double length() {
    return seconds.isEmpty() ? 0 : seconds.get(seconds.size() - 1).at() + 1;
  }
}
