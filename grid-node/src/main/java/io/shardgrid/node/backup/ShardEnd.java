package io.shardgrid.node.backup;

import io.shardgrid.key.Digest;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import java.util.List;

/**
 * The last block of a shard's file: what the shard held after one write, as its primary said.
 * Immutable.
 *
 * @param epoch of the shard's placement
 * @param sequence number of that write
 * @param wallMillis the shard's wall time then
 * @param digest over all entries with their versions
 */
record ShardEnd(long epoch, long sequence, long wallMillis, Digest digest, List<MapEnd> maps) {

  private static final EvictionPolicy[] EVICTIONS = EvictionPolicy.values();

  ShardEnd {
    maps = List.copyOf(maps);
  }

  /**
   * What the shard held of one map.
   *
   * @param expiring entries with a deadline
   * @param content digest over the entries without their versions
   */
  record MapEnd(String name, long entries, long expiring, Digest content, MapSettings settings) {

    static MapEnd of(Answer.MapLine line) {
      return new MapEnd(
          line.name(), line.entries(), line.expiring(), line.content(), line.settings());
    }
  }

  long entries() {
    return maps.stream().mapToLong(MapEnd::entries).sum();
  }

  static ShardEnd of(long epoch, Answer.Description end) {
    return new ShardEnd(
        epoch,
        end.sequence(),
        end.wallMillis(),
        end.digest(),
        end.maps().stream().map(MapEnd::of).toList());
  }

  byte[] toBytes() {
    WireWriter out = new WireWriter(256);
    out.writeNumber(epoch);
    out.writeNumber(sequence);
    out.writeLong(wallMillis);
    out.writeDigest(digest);
    out.writeList(maps, ShardEnd::writeMap);
    return out.toBytes();
  }

  static ShardEnd of(byte[] payload) {
    WireReader in = new WireReader(payload);
    ShardEnd end =
        new ShardEnd(
            in.readNumber(),
            in.readNumber(),
            in.readLong(),
            in.readDigest(),
            in.readList(ShardEnd::readMap));
    in.requireEnd();
    return end;
  }

  private static void writeMap(WireWriter out, MapEnd map) {
    out.writeName(map.name());
    out.writeNumber(map.entries());
    out.writeNumber(map.expiring());
    out.writeDigest(map.content());
    out.writeCode(map.settings().eviction());
    out.writeNumber(map.settings().bytesMax());
  }

  private static MapEnd readMap(WireReader in) {
    return new MapEnd(
        in.readName(),
        in.readNumber(),
        in.readNumber(),
        in.readDigest(),
        new MapSettings(in.readCode("eviction", EVICTIONS), in.readNumber()));
  }
}
