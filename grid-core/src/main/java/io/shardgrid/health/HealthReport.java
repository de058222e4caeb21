package io.shardgrid.health;

import java.time.Instant;
import java.util.List;

/**
 * How a cluster is from four sides: does it hold, what does it cost, who may do what, what can it
 * grow to. Immutable. It says only what was measured or is set; the rest is said to be unknown.
 */
public record HealthReport(Instant at, Health health, List<Quadrant> quadrants) {

  public HealthReport {
    quadrants = List.copyOf(quadrants);
  }

  /** A side: {@code stability}, {@code efficiency}, {@code security} or {@code adaptability}. */
  public record Quadrant(String name, List<Finding> findings) {

    public Quadrant {
      findings = List.copyOf(findings);
    }
  }

  /** What a finding means to an operator. */
  public enum Mark {
    /** As it should be. */
    GOOD,
    /** A figure, neither good nor bad by itself. */
    FIGURE,
    /** Something to look at. */
    CONCERN,
    /** Nobody has measured or told it. */
    UNKNOWN
  }

  /**
   * One thing that was found.
   *
   * @param name what it is about, a few words
   * @param value what was found, with its unit
   * @param text what that means, and from what it was measured
   */
  public record Finding(Mark mark, String name, String value, String text) {

    /** Something that nobody knows. */
    public static Finding unknown(String name, String why) {
      return new Finding(Mark.UNKNOWN, name, "unknown", why);
    }
  }
}
