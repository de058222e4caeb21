package io.shardgrid.bucket;

import io.shardgrid.key.EvictionPolicy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** A cache of so many entries that is asked for keys, and says whether it had them. */
interface BoundedCache {

  /** Whether the key was there; it is now. */
  boolean access(int key);

  /** The share of a trace that was there. */
  default double hitRate(int[] trace) {
    long hits = 0;
    for (int key : trace) {
      hits += access(key) ? 1 : 0;
    }
    return (double) hits / trace.length;
  }

  /** The least recently used entry leaves, exactly. */
  static BoundedCache exactLru(int capacity) {
    Map<Integer, Boolean> map =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
            return size() > capacity;
          }
        };
    return key -> map.put(key, true) != null;
  }

  /** The entry with the fewest uses since it came leaves, exactly; the oldest of several. */
  static BoundedCache exactLfu(int capacity) {
    Map<Integer, long[]> map = new HashMap<>();
    TreeSet<long[]> order = new TreeSet<>(Arrays::compare);
    long[] time = {0};
    return key -> {
      // Uses, time of the last use, key.
      long[] before = map.get(key);
      if (before != null) {
        order.remove(before);
      } else if (map.size() == capacity) {
        long[] victim = order.first();
        order.remove(victim);
        map.remove((int) victim[2]);
      }
      long[] after = {before == null ? 1 : before[0] + 1, time[0]++, key};
      order.add(after);
      map.put(key, after);
      return before != null;
    };
  }

  /** A bucket map with a policy. */
  static BoundedCache bucketMap(EvictionPolicy policy, int capacity) {
    BucketMap map = TestMaps.map(policy, PageBudget.unlimited());
    byte[] value = new byte[8];
    return number -> {
      byte[] key = TestKeys.key(number);
      long entry = map.find(key);
      if (entry != BucketMap.ABSENT) {
        map.touch(entry);
        return true;
      }
      if (map.entries() == capacity) {
        map.remove(map.key(map.victim()));
      }
      map.put(key, value, 1, BucketMap.NO_DEADLINE);
      return false;
    };
  }
}
