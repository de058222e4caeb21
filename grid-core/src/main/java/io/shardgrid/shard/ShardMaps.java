package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.Charter;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import io.shardgrid.meter.ShardTally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bucket maps of a shard by name. A map is made by the first write to it. Not thread-safe. */
final class ShardMaps {

  private final long hashSeed;
  private final ReplicaMemory memory;
  private final RoleBudget budget;
  private final int shards;
  private final int mapsMax;
  private final @Nullable ShardTally tally;
  private final Map<String, BucketMap> maps = new HashMap<>();

  /** The map asked for last: most shards have one, and a table costs more than a comparison. */
  private @Nullable BucketMap latest;

  private String latestName = "";

  private final List<String> names = new ArrayList<>();

  ShardMaps(Charter charter, ReplicaMemory memory, int mapsMax, @Nullable ShardTally tally) {
    this.hashSeed = charter.hashSeed();
    this.shards = charter.shards();
    this.memory = memory;
    this.budget = new RoleBudget(memory.node());
    this.mapsMax = mapsMax;
    this.tally = tally;
  }

  /**
   * Whether maps get memory beyond their limits: a backup neither evicts nor refuses, since its
   * primary has decided already.
   */
  void overdraws(boolean newOverdraws) {
    budget.overdraws(newOverdraws);
  }

  @Nullable BucketMap find(String name) {
    if (latest == null || !latestName.equals(name)) {
      latest = maps.get(name);
      latestName = name;
    }
    return latest;
  }

  /** The map; if it has to be made, it is told the time. */
  BucketMap findOrMake(String name, long wallMillis) {
    BucketMap map = find(name);
    if (map == null) {
      MapSettings settings = memory.maps().of(name);
      long bytesMax = settings.shardBytesMax(shards);
      map = new BucketMap(name, hashSeed, settings.eviction(), budget.part(bytesMax));
      map.passTime(wallMillis, 1);
      maps.put(name, map);
      names.add(name);
      if (tally != null) {
        tally.made(name);
      }
    }
    return map;
  }

  /** Whether the map is there, or one more may be made. */
  boolean admits(String name) {
    return names.size() < mapsMax || maps.containsKey(name);
  }

  /**
   * Whether so many bytes may find room: counts what the map has reserved and does not use as room,
   * so a yes is not certain, but a no is, unless they replace what is there. A map that evicts may
   * always have room.
   */
  boolean mayHaveRoom(String name, long bytes) {
    if (evicts(name)) {
      return true;
    }
    BucketMap map = maps.get(name);
    long liveBytes = map == null ? 0 : map.liveBytes();
    if (bytes > memory.maps().of(name).shardBytesMax(shards) - liveBytes) {
      return false;
    }
    PageBudget node = memory.node();
    long unused = map == null ? 0 : map.reservedBytes() - map.liveBytes();
    long needed = bytes - unused;
    if (needed <= 0) {
      return true;
    }
    boolean hasRoom = node.reserve(needed);
    if (hasRoom) {
      node.release(needed);
    }
    return hasRoom;
  }

  /** Whether entries of the map make room for others. */
  boolean evicts(String name) {
    return memory.maps().of(name).eviction() != EvictionPolicy.NONE;
  }

  /** The settings of a map in the cluster. */
  MapSettings settingsOf(String name) {
    return memory.maps().of(name);
  }

  /** Bytes that the map takes in this shard. */
  long reservedBytes(String name) {
    BucketMap map = maps.get(name);
    return map == null ? 0 : map.reservedBytes();
  }

  /** Bytes that all replicas of the node take. */
  long nodeReservedBytes() {
    return memory.node().reservedBytes();
  }

  int count() {
    return names.size();
  }

  /** The name of a map, numbered in the order they were made. */
  String nameAt(int number) {
    return names.get(number);
  }

  /** The map with this number. */
  BucketMap at(int number) {
    BucketMap map = maps.get(names.get(number));
    if (map == null) {
      throw new IllegalStateException("a named map is missing: name=" + names.get(number));
    }
    return map;
  }

  int mapsMax() {
    return mapsMax;
  }

  void clear() {
    maps.values().forEach(BucketMap::clear);
    maps.clear();
    names.clear();
    latest = null;
  }

  Iterable<BucketMap> all() {
    return maps.values();
  }
}
