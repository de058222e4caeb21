package io.shardgrid.meter;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;

/**
 * What is counted for meters, {@code grid.metrics.*}. Immutable.
 *
 * @param isEnabled whether operations, turns and messages of replicas are counted and timed
 * @param mapsMax how many maps have meters of their own; the others share one set
 * @param shardGroups into how many groups shards are put for meters of their actors
 */
public record MeterSettings(boolean isEnabled, int mapsMax, int shardGroups) {

  private static final String PATH = "grid.metrics";
  private static final int MAPS_MAX = 1000;
  private static final int GROUPS_MAX = 64;

  /** Checks the bounds. */
  public MeterSettings {
    StrictSettings.require(
        mapsMax >= 0 && mapsMax <= MAPS_MAX, PATH + ".maps-max", "0 to " + MAPS_MAX, mapsMax);
    StrictSettings.require(
        shardGroups >= 1 && shardGroups <= GROUPS_MAX,
        PATH + ".shard-groups",
        "1 to " + GROUPS_MAX,
        shardGroups);
  }

  /**
   * Reads {@code grid.metrics}.
   *
   * @param grid the section {@code grid}
   */
  public static MeterSettings from(Config grid) {
    return StrictSettings.read(grid, "grid", section -> read(section.getConfig("metrics")));
  }

  private static MeterSettings read(Config metrics) {
    return new MeterSettings(
        metrics.getBoolean("enabled"), metrics.getInt("maps-max"), metrics.getInt("shard-groups"));
  }
}
