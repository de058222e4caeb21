package io.shardgrid.placement;

import static io.shardgrid.key.StrictSettings.require;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * How the placement is made. Immutable.
 *
 * @param virtualNodes points of a node of weight 1 on the ring
 * @param expect members that are to be Up before the first placement is made
 * @param settle how long the members must have stayed the same before shards are placed anew
 * @param repeat how often what was not answered is said again
 * @param confirm how often an idle authority asks whether it was replaced
 * @param prepareAttempts how often an authority tries to get a term before it ends
 * @param movesMax shards that are copied to another node at once
 * @param moveSilence how long nothing may be heard of such a copy before it is given up
 * @param suspicion how long a member's word that another does not answer counts
 */
public record PlacementSettings(
    int virtualNodes,
    int expect,
    Duration settle,
    Duration repeat,
    Duration confirm,
    int prepareAttempts,
    int movesMax,
    Duration moveSilence,
    Duration suspicion) {

  private static final String PATH = "grid.placement";
  private static final Duration LONGEST = Duration.ofHours(1);

  public PlacementSettings {
    requireCount("virtual-nodes", virtualNodes, 10_000);
    requireCount("expect", expect, 1_000);
    requireDuration("settle", settle, Duration.ZERO);
    requireDuration("repeat", repeat, Duration.ofMillis(1));
    requireDuration("confirm", confirm, Duration.ofMillis(1));
    requireCount("prepare-attempts", prepareAttempts, 1_000);
    requireCount("moves-max", movesMax, 4_096);
    requireDuration("move-silence", moveSilence, Duration.ofMillis(1));
    requireDuration("suspicion", suspicion, Duration.ofMillis(1));
  }

  /**
   * Reads {@code grid.placement}.
   *
   * @param grid the section {@code grid}
   * @throws io.shardgrid.failure.GridConfigException if a value is missing or wrong
   */
  public static PlacementSettings from(Config grid) {
    return StrictSettings.read(grid, PATH, all -> read(all.getConfig("placement")));
  }

  private static PlacementSettings read(Config placement) {
    return new PlacementSettings(
        placement.getInt("virtual-nodes"),
        placement.getInt("expect"),
        placement.getDuration("settle"),
        placement.getDuration("repeat"),
        placement.getDuration("confirm"),
        placement.getInt("prepare-attempts"),
        placement.getInt("moves-max"),
        placement.getDuration("move-silence"),
        placement.getDuration("suspicion"));
  }

  private static void requireCount(String key, int found, int max) {
    require(found >= 1 && found <= max, PATH + "." + key, "1 to " + max, found);
  }

  private static void requireDuration(String key, Duration found, Duration min) {
    boolean fits = found.compareTo(min) >= 0 && found.compareTo(LONGEST) <= 0;
    require(fits, PATH + "." + key, min + " to " + LONGEST, found);
  }
}
