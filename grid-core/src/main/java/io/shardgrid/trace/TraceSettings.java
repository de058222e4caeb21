package io.shardgrid.trace;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;

/**
 * How many operations are followed, {@code grid.trace.*} and {@code grid.client.trace.*}.
 * Immutable.
 *
 * @param sampleRatio the share of operations for which a trace is begun, 0 to 1
 * @param perSecondMax most traces that are begun in a second, and most that are taken over
 */
public record TraceSettings(double sampleRatio, int perSecondMax) {

  /** Nothing is followed but what others follow. */
  public static final TraceSettings NOTHING_NEW = new TraceSettings(0, 1);

  private static final int PER_SECOND_MAX = 100_000;

  /** Checks the bounds. */
  public TraceSettings {
    check("grid.trace", sampleRatio, perSecondMax);
  }

  private static void check(String path, double sampleRatio, int perSecondMax) {
    StrictSettings.require(
        sampleRatio >= 0 && sampleRatio <= 1, path + ".sample-ratio", "0 to 1", sampleRatio);
    StrictSettings.require(
        perSecondMax >= 1 && perSecondMax <= PER_SECOND_MAX,
        path + ".per-second-max",
        "1 to " + PER_SECOND_MAX,
        perSecondMax);
  }

  /**
   * Reads {@code trace} within a section.
   *
   * @param path of the section, for messages
   */
  public static TraceSettings from(Config section, String path) {
    return StrictSettings.read(
        section, path, found -> read(found.getConfig("trace"), path + ".trace"));
  }

  private static TraceSettings read(Config trace, String path) {
    double sampleRatio = trace.getDouble("sample-ratio");
    int perSecondMax = trace.getInt("per-second-max");
    check(path, sampleRatio, perSecondMax);
    return new TraceSettings(sampleRatio, perSecondMax);
  }
}
