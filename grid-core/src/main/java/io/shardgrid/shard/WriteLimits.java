package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.replica.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses writes past a limit, in words that say which and what to do. */
final class WriteLimits {

  private final int shard;
  private final ShardMaps maps;

  WriteLimits(int shard, ShardMaps maps) {
    this.shard = shard;
    this.maps = maps;
  }

  int shard() {
    return shard;
  }

  /** The failure of a write that would store such an entry; null if it is within the limits. */
  @Nullable Outcome exceeded(String name, byte[] key, long valueLength) {
    if (key.length > BucketMap.KEY_BYTES_MAX) {
      return tooLarge("the key", name, key, key.length, BucketMap.KEY_BYTES_MAX);
    }
    if (valueLength > BucketMap.VALUE_BYTES_MAX) {
      return tooLarge("the value", name, key, valueLength, BucketMap.VALUE_BYTES_MAX);
    }
    if (!maps.admits(name)) {
      return Outcome.failed(
          FailureCode.OVERLOADED,
          "the shard holds as many maps as it may; use fewer maps, or raise grid.shard.maps-max:"
              + " map=%s, shard=%d, mapsMax=%d".formatted(name, shard, maps.mapsMax()));
    }
    return null;
  }

  /** The failure of a write with a value that has no room for its mark; null if there is none. */
  @Nullable Outcome exceededWithMark(Change change, StoredMap map) {
    int bytesMax = BucketMap.VALUE_BYTES_MAX - StoreMark.HEAD_BYTES;
    for (Change part : map.policy.isWritten() ? StoredMap.parts(change) : List.<Change>of()) {
      if (part instanceof Change.Put put && put.value().length > bytesMax) {
        return tooLarge("the value", put.map(), put.key(), put.value().length, bytesMax);
      }
    }
    return null;
  }

  private Outcome tooLarge(String what, String name, byte[] key, long bytes, long bytesMax) {
    return Outcome.failed(
        FailureCode.VALUE_TOO_LARGE,
        "%s is larger than the limit; store it in parts: map=%s, key=%s, shard=%d, bytes=%d,"
                .formatted(what, name, PrintableBytes.of(key), shard, bytes)
            + " bytesMax=%d".formatted(bytesMax));
  }

  /** Says that only {@code stored} of {@code wanted} entries found room. */
  String noRoom(String name, int stored, int wanted) {
    String what =
        maps.evicts(name)
            ? "evicting made no room, the entry is large or the limit small; raise the limits"
            : "the memory limit is met; remove entries, add nodes, or raise the limit";
    return "%s: map=%s, shard=%d, stored=%d, notStored=%d, reservedBytes=%d, nodeReservedBytes=%d"
        .formatted(
            what,
            name,
            shard,
            stored,
            wanted - stored,
            maps.reservedBytes(name),
            maps.nodeReservedBytes());
  }
}
