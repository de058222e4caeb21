package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.wire.replica.ChunkPacker;
import io.shardgrid.wire.replica.CopyItem;

/** Reads the chunks of a copy out of a shard's maps. Without state. */
final class ChunkReader {

  /**
   * A chunk, and where the next one begins.
   *
   * @param cursor 0 if the map has no more
   */
  record Read(CopyItem.Chunk chunk, long cursor) {}

  /** What the last bucket may take beyond a chunk's bytes, most often. */
  private static final long SLACK_BYTES = 16 << 10;

  private static final long BYTES_MAX = 1 << 20;

  private ChunkReader() {}

  /** The entries of whole buckets from {@code cursor} on, until they have so many bytes. */
  static Read read(ShardMaps maps, int map, long from, long bytesMax) {
    return read(maps, map, from, bytesMax, false);
  }

  /** The same without those that chunks before have brought, should the table have shrunk since. */
  static Read readOnce(ShardMaps maps, int map, long from, long bytesMax) {
    return read(maps, map, from, bytesMax, true);
  }

  private static Read read(ShardMaps maps, int map, long from, long bytesMax, boolean isOnce) {
    String name = maps.nameAt(map);
    BucketMap table = maps.at(map);
    ChunkPacker packer = new ChunkPacker((int) Math.min(bytesMax + SLACK_BYTES, BYTES_MAX));
    long cursor = from;
    do {
      cursor =
          table.scan(
              cursor,
              1,
              (visited, entry) -> {
                if (!isOnce || visited.isAhead(entry, from)) {
                  packer.add(
                      visited.key(entry),
                      visited.value(entry),
                      visited.version(entry),
                      visited.deadlineMillis(entry));
                }
              });
    } while (cursor != 0 && packer.bytes() < bytesMax);
    return new Read(packer.chunk(name), cursor);
  }
}
