package io.shardgrid.node.drill;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * Whether drills can be started from the console, and what bounds them. Immutable.
 *
 * @param isEnabled whether they can
 * @param heap most memory for the objects of the drill's own process, as Java's {@code -Xmx} takes
 *     it; its nodes have 512 MiB each
 * @param linesMax lines of a drill that are kept, the last ones
 * @param timeMax a drill that takes longer is stopped
 */
public record DrillSettings(boolean isEnabled, String heap, int linesMax, Duration timeMax) {

  private static final String PATH = "grid.node.console.drills";
  private static final int LINES_MAX = 10_000;

  public DrillSettings {
    StrictSettings.require(
        heap.matches("[1-9][0-9]{0,5}[kmgKMG]"), PATH + ".heap", "a size such as 512m", heap);
    StrictSettings.require(
        linesMax >= 10 && linesMax <= LINES_MAX,
        PATH + ".lines-max",
        "10 to " + LINES_MAX,
        linesMax);
    StrictSettings.require(
        timeMax.compareTo(Duration.ofSeconds(1)) >= 0 && timeMax.compareTo(Duration.ofDays(1)) <= 0,
        PATH + ".time-max",
        "1 s to 1 day",
        timeMax);
  }

  /** Reads {@code grid.node.console.drills}. */
  public static DrillSettings from(Config console) {
    return StrictSettings.read(
        console.getConfig("drills"),
        PATH,
        drills ->
            new DrillSettings(
                drills.getBoolean("enabled"),
                drills.getString("heap"),
                drills.getInt("lines-max"),
                drills.getDuration("time-max")));
  }
}
