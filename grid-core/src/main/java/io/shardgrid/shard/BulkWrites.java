package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what writes to several keys come to; each is one numbered write. */
final class BulkWrites {

  private final ShardStore store;
  private final EntryWrites writes;
  private final WriteLimits limits;

  BulkWrites(ShardStore store, EntryWrites writes, WriteLimits limits) {
    this.store = store;
    this.writes = writes;
    this.limits = limits;
  }

  /** Stores all or, as far as can be told before, nothing. */
  Outcome putAll(String name, Request.PutAll putAll) {
    List<byte[]> keys = putAll.keys();
    List<byte[]> values = putAll.values();
    long bytes = 0;
    for (int i = 0; i < keys.size(); i++) {
      Outcome excess = limits.exceeded(name, keys.get(i), values.get(i).length);
      if (excess != null) {
        return excess;
      }
      bytes += keys.get(i).length + values.get(i).length;
    }
    if (!store.maps().mayHaveRoom(name, bytes)) {
      return Outcome.failed(FailureCode.MEMORY_EXCEEDED, limits.noRoom(name, 0, keys.size()));
    }
    boolean keeps = putAll.expiry().kind() == Expiry.Kind.KEEP;
    BucketMap map = keeps ? store.maps().find(name) : null;
    List<Change> changes = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      long present = presentDeadline(name, map, keys.get(i));
      changes.add(writes.storing(name, keys.get(i), values.get(i), putAll.expiry(), present));
    }
    return new Outcome(new Change.Batch(changes), Answer.Done.INSTANCE);
  }

  private long presentDeadline(String name, @Nullable BucketMap map, byte[] key) {
    return EntryWrites.deadlineOf(map, store.findLive(name, map, key));
  }

  Outcome removeAll(String name, List<byte[]> keys) {
    BucketMap map = store.maps().find(name);
    List<Change> changes = new ArrayList<>();
    Set<ByteBuffer> seen = new HashSet<>();
    for (byte[] key : keys) {
      if (store.findLive(name, map, key) != BucketMap.ABSENT && seen.add(ByteBuffer.wrap(key))) {
        changes.add(new Change.Remove(name, key));
      }
    }
    return new Outcome(new Change.Batch(changes), new Answer.Amount(changes.size()));
  }

  /** Entries that have expired and were not yet removed count. */
  Outcome clear(String name) {
    BucketMap map = store.maps().find(name);
    long entries = map == null ? 0 : map.entries();
    return new Outcome(new Change.Clear(name), new Answer.Amount(entries));
  }

  Outcome clearAll() {
    List<Change> changes = new ArrayList<>();
    long entries = 0;
    for (int number = 0; number < store.maps().count(); number++) {
      String name = store.maps().nameAt(number);
      if (!StoreMark.isOwn(name)) {
        Outcome one = clear(name);
        changes.add(one.change());
        entries += ((Answer.Amount) one.answer()).value();
      }
    }
    return new Outcome(new Change.Batch(changes), new Answer.Amount(entries));
  }
}
