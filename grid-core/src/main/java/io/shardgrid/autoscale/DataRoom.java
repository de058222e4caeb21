package io.shardgrid.autoscale;

import io.shardgrid.key.StrictSettings;

/**
 * How much room data must have. Immutable.
 *
 * @param copies replicas of a shard, its primary among them, 1 or more
 * @param highWaterPercent how full nodes may be, 1 to 100
 */
public record DataRoom(int copies, int highWaterPercent) {

  private static final int ALL_PERCENT = 100;
  private static final int COPIES_MAX = 100;

  public DataRoom {
    StrictSettings.require(
        copies >= 1 && copies <= COPIES_MAX, "grid.autoscale.copies", "1 to " + COPIES_MAX, copies);
    StrictSettings.require(
        highWaterPercent >= 1 && highWaterPercent <= ALL_PERCENT,
        "grid.autoscale.high-water",
        "1 to 100 percent",
        highWaterPercent);
  }
}
