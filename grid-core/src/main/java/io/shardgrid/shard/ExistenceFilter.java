package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.bucket.SeededHash;
import io.shardgrid.loader.BlockedFilter;
import io.shardgrid.wire.replica.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which keys the store may have, for one shard and map: the blocks of a Bloom filter as entries of
 * a map of the grid's own, so that they are replicated, move and are backed up as all data. Makes
 * changes; numbers nothing itself. Confined to its replica.
 */
final class ExistenceFilter {

  /*
   * One entry, "state", says how many blocks there are, and whether all keys of the store have been
   * added. A block without an entry has no bits. From the moment when the entry is made, each write
   * adds its key in the same numbered effect; then the keys of the store are read and added. So
   * when that has ended, whatever the store has is in the filter: it was there when reading began,
   * or was written later, or waited to be stored when the filter began: those are added first.
   * Removed keys stay in until it is made anew.
   */
  private static final byte[] STATE = {'s', 't', 'a', 't', 'e'};
  private static final int STATE_BYTES = 13;

  private final ShardStore store;
  private final String map;
  private final String name;
  private final long hashSeed;
  private final int blocksWanted;

  /**
   * The filter of a map.
   *
   * @param keys of this shard for which there is to be room
   */
  ExistenceFilter(ShardStore store, String map, long hashSeed, long keys) {
    this.store = store;
    this.map = map;
    this.name = StoreMark.filterOf(map);
    this.hashSeed = hashSeed;
    this.blocksWanted = BlockedFilter.blocksFor(keys);
  }

  private record State(int blocks, boolean isComplete, long ticket) {
    byte[] toBytes() {
      return ByteBuffer.allocate(STATE_BYTES)
          .putInt(blocks)
          .put((byte) (isComplete ? 1 : 0))
          .putLong(ticket)
          .array();
    }
  }

  private @Nullable State state() {
    byte[] bytes = valueOf(STATE);
    if (bytes == null || bytes.length != STATE_BYTES) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new State(buffer.getInt(), buffer.get() == 1, buffer.getLong());
  }

  private byte @Nullable [] valueOf(byte[] key) {
    BucketMap blocks = store.maps().find(name);
    return blocks == null ? null : blocks.get(key);
  }

  /** Whether it knows all keys of the store. */
  boolean isComplete() {
    State state = state();
    return state != null && state.isComplete() && state.blocks() == blocksWanted;
  }

  /** Whether the store may have the key; only certain if not. */
  boolean mayHave(byte[] key) {
    State state = state();
    if (state == null || !state.isComplete()) {
      return true;
    }
    long hash = hash(key);
    byte[] block = valueOf(nameOf(BlockedFilter.blockOf(hash, state.blocks())));
    return block != null && BlockedFilter.has(block, hash);
  }

  /** Begins it anew, with these keys. */
  Change begun(long ticket, Iterable<byte[]> keys) {
    State state = new State(blocksWanted, false, ticket);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Clear(name));
    changes.add(put(STATE, state.toBytes()));
    Map<Integer, byte[]> blocks = new LinkedHashMap<>();
    for (byte[] key : keys) {
      add(key, state, blocks, false);
    }
    blocks.forEach((number, block) -> changes.add(put(nameOf(number), block)));
    return new Change.Batch(changes);
  }

  /** What adds keys; no part if it has them all, or has not begun. */
  List<Change> adding(Iterable<byte[]> keys) {
    State state = state();
    if (state == null) {
      return List.of();
    }
    Map<Integer, byte[]> blocks = new LinkedHashMap<>();
    for (byte[] key : keys) {
      add(key, state, blocks, true);
    }
    List<Change> changes = new ArrayList<>();
    blocks.forEach((number, block) -> changes.add(put(nameOf(number), block)));
    return changes;
  }

  /** What says that it knows all keys; null if it has begun anew meanwhile. */
  @Nullable Change completed(long ticket) {
    State state = state();
    return state == null || state.ticket() != ticket
        ? null
        : put(STATE, new State(state.blocks(), true, ticket).toBytes());
  }

  private void add(byte[] key, State state, Map<Integer, byte[]> blocks, boolean hasPresent) {
    long hash = hash(key);
    int number = BlockedFilter.blockOf(hash, state.blocks());
    byte[] block = blocks.get(number);
    if (block == null) {
      byte[] present = hasPresent ? valueOf(nameOf(number)) : null;
      if (present != null && BlockedFilter.has(present, hash)) {
        return;
      }
      block = present == null ? new byte[BlockedFilter.BLOCK_BYTES] : present.clone();
      blocks.put(number, block);
    }
    BlockedFilter.add(block, hash);
  }

  private Change put(byte[] key, byte[] value) {
    return new Change.Put(name, key, value, BucketMap.NO_DEADLINE);
  }

  private long hash(byte[] key) {
    return SeededHash.hash(hashSeed ^ map.hashCode(), key, 0, key.length);
  }

  private static byte[] nameOf(int block) {
    return ByteBuffer.allocate(4).putInt(block).array();
  }
}
