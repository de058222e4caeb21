package io.shardgrid.node.backup;

import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;

/**
 * The first block of a shard's file: which shard of which cluster it is. Immutable.
 *
 * @param shards how many the cluster has
 * @param hashSeed of the cluster's tables
 * @param seat the seat of the primary that was read
 * @param startedMillis when reading began, by the clock of whoever read
 */
record ShardHeader(
    String cluster, int shards, long hashSeed, int shard, long seat, long startedMillis) {

  private static final int SHARDS_MAX = 16_384;

  byte[] toBytes() {
    WireWriter out = new WireWriter(cluster.length() + 64);
    out.writeText(cluster);
    out.writeNumber(shards);
    out.writeLong(hashSeed);
    out.writeNumber(shard);
    out.writeNumber(seat);
    out.writeLong(startedMillis);
    return out.toBytes();
  }

  static ShardHeader of(byte[] payload) {
    WireReader in = new WireReader(payload);
    ShardHeader header =
        new ShardHeader(
            in.readText(),
            in.readSmall("number of shards", SHARDS_MAX),
            in.readLong(),
            in.readSmall("number of a shard", SHARDS_MAX),
            in.readNumber(),
            in.readLong());
    in.requireEnd();
    return header;
  }
}
