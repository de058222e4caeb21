package io.shardgrid.route;

import io.shardgrid.key.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keys sorted by shard, each with its place in the caller's order. Confined to one thread. */
public final class ShardParts {

  /** The keys of one shard. */
  public static final class Part {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    /** The keys. */
    public List<byte[]> keys() {
      return keys;
    }

    /** Where each key stands among all. */
    public List<Integer> places() {
      return places;
    }
  }

  private final SortedMap<Integer, Part> parts = new TreeMap<>();
  private int keys;

  /** Sorts keys by the shard of their slot. */
  public static ShardParts of(Iterable<byte[]> keys, int shards) {
    ShardParts split = new ShardParts();
    for (byte[] key : keys) {
      Part part =
          split.parts.computeIfAbsent(Slot.shardOf(Slot.of(key), shards), shard -> new Part());
      part.keys.add(key);
      part.places.add(split.keys++);
    }
    return split;
  }

  /** The parts by shard, in ascending order. */
  public SortedMap<Integer, Part> byShard() {
    return parts;
  }

  /** The number of keys in all parts. */
  public int keyCount() {
    return keys;
  }
}
