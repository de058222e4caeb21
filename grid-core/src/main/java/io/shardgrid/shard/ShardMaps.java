package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.bucket.EvictionPolicy;
import io.shardgrid.bucket.PageBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bucket maps of a shard by name. A map is made by the first write to it. Not thread-safe. */
final class ShardMaps {

  private final long hashSeed;
  private final PageBudget budget;
  private final int mapsMax;
  private final Map<String, BucketMap> maps = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  ShardMaps(long hashSeed, PageBudget budget, int mapsMax) {
    this.hashSeed = hashSeed;
    this.budget = budget;
    this.mapsMax = mapsMax;
  }

  @Nullable BucketMap find(String name) {
    return maps.get(name);
  }

  BucketMap findOrMake(String name) {
    BucketMap map = maps.get(name);
    if (map == null) {
      map = new BucketMap(name, hashSeed, EvictionPolicy.NONE, budget);
      maps.put(name, map);
      names.add(name);
    }
    return map;
  }

  /** Whether the map is there, or one more may be made. */
  boolean admits(String name) {
    return names.size() < mapsMax || maps.containsKey(name);
  }

  /**
   * Whether so many bytes may find room: counts what the map has reserved and does not use as room,
   * so a yes is not certain, but a no is, unless they replace what is there.
   */
  boolean mayHaveRoom(String name, long bytes) {
    BucketMap map = maps.get(name);
    long unused = map == null ? 0 : map.reservedBytes() - map.liveBytes();
    long needed = bytes - unused;
    if (needed <= 0) {
      return true;
    }
    boolean hasRoom = budget.reserve(needed);
    if (hasRoom) {
      budget.release(needed);
    }
    return hasRoom;
  }

  long budgetReservedBytes() {
    return budget.reservedBytes();
  }

  int count() {
    return names.size();
  }

  /** The name of a map, numbered in the order they were made. */
  String nameAt(int number) {
    return names.get(number);
  }

  int mapsMax() {
    return mapsMax;
  }

  void clear() {
    maps.values().forEach(BucketMap::clear);
    maps.clear();
    names.clear();
  }

  Iterable<BucketMap> all() {
    return maps.values();
  }
}
