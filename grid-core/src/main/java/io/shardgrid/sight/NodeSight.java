package io.shardgrid.sight;

import io.shardgrid.key.Latency;
import io.shardgrid.key.NodeId;
import java.util.List;

/**
 * What a node sees of itself at one moment. Immutable.
 *
 * @param weight its share of the data as it is now
 * @param uptimeMillis time since this incarnation of it was started
 * @param operationsPerSecond taken by its shards between the last two looks
 * @param latency how long the operations of the last half second took
 * @param shards those in whose seats it acts
 * @param maps of these shards, the largest first, {@link #MAPS_MAX} at most
 * @param mapsLeftOff how many more there are
 * @param reads what was read of maps of late
 * @param hotKeys those asked for most, the first one most, {@link #HOT_KEYS_MAX} at most
 * @param stores those behind its maps, {@link StoreSight#STORES_MAX} at most
 * @param rules by name, {@link RuleSight#RULES_MAX} at most
 */
public record NodeSight(
    NodeId node,
    int weight,
    long uptimeMillis,
    double operationsPerSecond,
    Latency latency,
    Holds holds,
    Effort effort,
    List<ShardSight> shards,
    List<MapSight> maps,
    int mapsLeftOff,
    Reads reads,
    List<HotSpot> hotKeys,
    List<StoreSight> stores,
    List<RuleSight> rules) {

  /** The most maps in one. */
  public static final int MAPS_MAX = 128;

  /** The most keys in one. */
  public static final int HOT_KEYS_MAX = 16;

  public NodeSight {
    shards = List.copyOf(shards);
    maps = List.copyOf(maps);
    hotKeys = List.copyOf(hotKeys);
    stores = List.copyOf(stores);
    rules = List.copyOf(rules);
  }

  /**
   * A key and how often it is asked for, by its share of what its shard does.
   *
   * @param errorPerSecond by how much that may be too high, the chance of sampling aside
   */
  public record HotSpot(int shard, HotKey key, double perSecond, double errorPerSecond) {}

  /**
   * What it holds.
   *
   * @param entries of the shards in whose seats it acts
   * @param liveBytes of these entries
   * @param heldEntries of all its replicas
   * @param heldBytes live bytes of all its replicas
   * @param reservedBytes that it has taken for data
   * @param bytesMax that it may take
   */
  public record Holds(
      int primaries,
      int backups,
      int learners,
      long entries,
      long liveBytes,
      long heldEntries,
      long heldBytes,
      long reservedBytes,
      long bytesMax) {}

  /**
   * What its work has cost within the last minute.
   *
   * @param millis the time that was measured; 0 if none was yet
   * @param operations taken in it
   * @param cpuNanos processor time of the whole process in it
   * @param processors of the machine, or as many as the process may use
   */
  public record Effort(long millis, long operations, long cpuNanos, int processors) {

    /** Nothing was measured yet. */
    public static final Effort NONE = new Effort(0, 0, 0, 1);

    /** Part of the processors' time that the process took, 0 to 1; 0 if nothing was measured. */
    public double busy() {
      return millis == 0 ? 0 : Math.min(1, cpuNanos / (1e6 * millis * processors));
    }
  }

  /**
   * What its shards were asked for within the last minute, of maps that are counted by themselves
   * ({@code grid.metrics.maps-max}).
   *
   * @param millis the time that was measured; 0 if nothing is counted
   * @param maps of which something was read, the one that was read most first, {@link #MAPS_MAX} at
   *     most
   */
  public record Reads(long millis, List<MapReads> maps) {

    /** Nothing is counted. */
    public static final Reads NONE = new Reads(0, List.of());

    public Reads {
      maps = List.copyOf(maps);
    }
  }
}
