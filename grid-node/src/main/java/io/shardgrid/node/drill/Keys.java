package io.shardgrid.node.drill;

import io.shardgrid.key.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The keys of a load: as many of every shard, so that each shard is asked equally often. Immutable.
 */
final class Keys {

  private final List<List<String>> byShard;

  /** Finds keys. O(shards x keys of a shard), on average times its logarithm. */
  Keys(int shards, int keysOfShard) {
    List<List<String>> found =
        IntStream.range(0, shards).<List<String>>mapToObj(any -> new ArrayList<>()).toList();
    int missing = shards * keysOfShard;
    for (int number = 0; missing > 0; number++) {
      String key = "key-" + number;
      List<String> keys = found.get(shardOf(key, shards));
      if (keys.size() < keysOfShard) {
        keys.add(key);
        missing--;
      }
    }
    byShard = found.stream().map(List::copyOf).toList();
  }

  private static int shardOf(String key, int shards) {
    return Slot.shardOf(Slot.of(key.getBytes(StandardCharsets.UTF_8)), shards);
  }

  int shards() {
    return byShard.size();
  }

  /** The keys of a shard. */
  List<String> of(int shard) {
    return byShard.get(shard);
  }

  /** How many there are. */
  int count() {
    return byShard.stream().mapToInt(List::size).sum();
  }
}
