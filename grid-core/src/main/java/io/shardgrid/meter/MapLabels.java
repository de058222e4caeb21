package io.shardgrid.meter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which maps have meters of their own: the first ones that are made here, as many as may be. All
 * the others share one set, and so do names that only reads have ever asked for, of which clients
 * can make up any number. Thread-safe.
 */
final class MapLabels {

  /** Label of what has no meters of its own; also of a map that has this name. */
  static final String OTHER = "other";

  private final Map<String, MapMeter> byName = new ConcurrentHashMap<>();
  private final Buckets buckets;
  private final MapMeter other;
  private final int max;

  MapLabels(int max, Buckets buckets) {
    this.max = max;
    this.buckets = buckets;
    this.other = new MapMeter(0, OTHER, buckets);
  }

  /** How many there may be, the shared one included. */
  int max() {
    return max + 1;
  }

  /** The meters of a map. */
  MapMeter of(String map) {
    MapMeter own = byName.get(map);
    return own == null ? other : own;
  }

  /** The map is there: from now on it has meters of its own, if there is room. */
  void made(String map) {
    if (!byName.containsKey(map)) {
      claim(map);
    }
  }

  private synchronized void claim(String map) {
    if (byName.size() < max && !map.equals(OTHER)) {
      byName.computeIfAbsent(map, name -> new MapMeter(byName.size() + 1, name, buckets));
    }
  }

  /** All of them, the shared one first. */
  List<MapMeter> all() {
    List<MapMeter> all = new ArrayList<>();
    all.add(other);
    all.addAll(byName.values());
    return all;
  }
}
