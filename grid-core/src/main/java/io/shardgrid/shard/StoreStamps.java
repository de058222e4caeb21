package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.wire.replica.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers that order the writes of a shard for its stores, which outlive it: each is above those of
 * all earlier writes, of other primaries and of earlier lives of the cluster too. Confined to the
 * primary.
 */
final class StoreStamps {

  /*
   * A stamp is the number of the write in the shard plus a base. The base is an entry of a map of
   * the grid's own, and only grows: who takes the seat raises it to what makes the next stamp 2^16
   * times the wall time, if that is more. So stamps grow within a shard's life whatever its clocks
   * do, and from one life to the next if the clocks do not go back, and a shard makes fewer than
   * 65,536 writes a millisecond.
   */
  private static final byte[] BASE = {'b', 'a', 's', 'e'};

  private final ShardStore store;
  private long base;
  private boolean isKept;

  StoreStamps(ShardStore store) {
    this.store = store;
  }

  /** The replica begins to act. */
  void seatTaken() {
    BucketMap map = store.maps().find(StoreMark.STAMPS);
    byte[] bytes = map == null ? null : map.get(BASE);
    long before = bytes == null || bytes.length != 8 ? 0 : ByteBuffer.wrap(bytes).getLong();
    base = Math.max(before, (store.wallMillis() << 16) - store.sequence());
    isKept = base == before;
  }

  /** The stamp of the write that is numbered next. */
  long next() {
    return base + store.next();
  }

  /** The change, which is numbered next, with what keeps the base if that was not done yet. */
  Change kept(Change change) {
    if (isKept) {
      return change;
    }
    isKept = true;
    List<Change> all = new ArrayList<>(change.parts() + 1);
    byte[] bytes = ByteBuffer.allocate(8).putLong(base).array();
    all.add(new Change.Put(StoreMark.STAMPS, BASE, bytes, BucketMap.NO_DEADLINE));
    all.addAll(StoredMap.parts(change));
    return new Change.Batch(all);
  }
}
