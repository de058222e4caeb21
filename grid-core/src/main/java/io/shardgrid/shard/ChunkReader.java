package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.replica.CopyItem;
import java.util.ArrayList;
import java.util.List;

/** Reads the chunks of a copy out of a shard's maps. Without state. */
final class ChunkReader {

  /**
   * A chunk, and where the next one begins.
   *
   * @param cursor 0 if the map has no more
   */
  record Read(CopyItem.Chunk chunk, long cursor) {}

  private ChunkReader() {}

  /** The entries of whole buckets from {@code cursor} on, until they have so many bytes. */
  static Read read(ShardMaps maps, int map, long from, long bytesMax) {
    String name = maps.nameAt(map);
    BucketMap table = maps.at(map);
    List<Answer.Item> entries = new ArrayList<>();
    long[] bytes = {0};
    long cursor = from;
    do {
      cursor =
          table.scan(
              cursor,
              1,
              (visited, entry) -> {
                entries.add(
                    new Answer.Item(
                        visited.key(entry),
                        visited.value(entry),
                        visited.version(entry),
                        visited.deadlineMillis(entry)));
                bytes[0] += visited.valueLength(entry);
              });
    } while (cursor != 0 && bytes[0] < bytesMax);
    return new Read(new CopyItem.Chunk(name, entries, CopyItem.Chunk.crcOf(name, entries)), cursor);
  }
}
