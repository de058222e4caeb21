package io.shardgrid.member;

import static io.shardgrid.key.StrictSettings.require;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * When the cluster does without a member. Immutable.
 *
 * @param suspectAfter silence after which a member's shards are served by others
 * @param downAfter silence after which a member is taken out
 * @param isolatedAfter how long a node may hear less than a majority before it stops
 * @param disconnectedAfter how long two members may not hear each other, although others hear both,
 *     before one of them is taken out
 */
public record DowningSettings(
    Duration suspectAfter, Duration downAfter, Duration isolatedAfter, Duration disconnectedAfter) {

  private static final String PATH = "grid.downing";
  private static final Duration LONGEST = Duration.ofHours(1);

  public DowningSettings {
    requireLonger("suspect-after", suspectAfter, Duration.ofMillis(500), "500ms");
    requireLonger("down-after", downAfter, suspectAfter, "suspect-after");
    requireLonger("isolated-after", isolatedAfter, downAfter, "down-after");
    requireLonger("disconnected-after", disconnectedAfter, isolatedAfter, "isolated-after");
  }

  /**
   * Reads {@code grid.downing}.
   *
   * @param grid the section {@code grid}
   * @throws io.shardgrid.failure.GridConfigException if a value is missing or wrong
   */
  public static DowningSettings from(Config grid) {
    return StrictSettings.read(grid, PATH, all -> read(all.getConfig("downing")));
  }

  private static DowningSettings read(Config downing) {
    return new DowningSettings(
        downing.getDuration("suspect-after"),
        downing.getDuration("down-after"),
        downing.getDuration("isolated-after"),
        downing.getDuration("disconnected-after"));
  }

  private static void requireLonger(String key, Duration found, Duration min, String minName) {
    boolean fits = found.compareTo(min) >= 0 && found.compareTo(LONGEST) <= 0;
    require(fits, PATH + "." + key, minName + " to 1h", found);
  }
}
