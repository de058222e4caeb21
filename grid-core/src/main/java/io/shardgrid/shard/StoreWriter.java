package io.shardgrid.shard;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.loader.StorePolicy;
import io.shardgrid.loader.StoreTally.Event;
import io.shardgrid.shard.HeldAnswers.Held;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.replica.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands the marks of one map to the store, a batch at a time, and removes those that it has taken.
 * Confined to the primary.
 */
final class StoreWriter {

  /*
   * A mark is handed over when its write is committed, and removed by a numbered write of the
   * shard's own when the store has taken it and it is still of the same version. So whoever takes
   * the seat next has at least the marks of what the store lacks, and hands over some again.
   *
   * One batch is under way at a time, so that of two writes to a key the second one is handed over
   * when the first has ended. A call that was given up, or whose primary is gone, may still take
   * effect later. If it stores, that is of an older version, which the store refuses; unless the
   * key was removed behind it, for then there is no version to compare. So removals wait, behind
   * such a call, for as long as it may last (fence).
   */
  private static final long RETRY_NANOS_MIN = 100_000_000L;
  private static final int DOUBLINGS_MAX = 6;

  private final StoredMap map;
  private final ShardStore store;
  private StoreErrand.@Nullable Write inHand;
  private long notBeforeNanos;
  private long fencedUntilNanos;
  private int failures;

  /** Has nothing in hand. */
  StoreWriter(StoredMap map, ShardStore store) {
    this.map = map;
    this.store = store;
  }

  /** An answer, and who is to be told it, whatever it was before. */
  record Ended(Held held, Answer answer) {}

  /** The replica begins to act; calls of another primary may be under way. */
  void seatTaken(boolean isFirst, long nowNanos) {
    inHand = null;
    failures = 0;
    notBeforeNanos = nowNanos;
    fencedUntilNanos = isFirst ? nowNanos : nowNanos + map.policy.queue().fenceNanos();
    map.seatTaken();
  }

  /** Whether something waits that may be handed over now, if it is committed. */
  boolean isDue(long nowNanos) {
    return inHand == null
        && map.marks.size() != 0
        && nowNanos - notBeforeNanos >= 0
        && map.marks.oldestMillis() <= untilMillis();
  }

  private long untilMillis() {
    return store.wallMillis() - (map.isThrough() ? 0 : map.policy.queue().delayMillis());
  }

  /**
   * What is to be handed over now; null if nothing.
   *
   * @param commit number of the last write that no crash can take back
   */
  StoreErrand.@Nullable Write next(long ticket, long commit, long nowNanos) {
    if (!isDue(nowNanos)) {
      return null;
    }
    StorePolicy.Queue queue = map.policy.queue();
    boolean mayRemove = nowNanos - fencedUntilNanos >= 0;
    List<StoreErrand.Item> items = new ArrayList<>();
    for (MarkQueue.Entry entry :
        map.marks.due(queue.batchMax(), untilMillis(), commit, mayRemove)) {
      StoreErrand.Item item = map.item(entry);
      if (item == null) {
        map.dropMark(entry.key());
      } else {
        map.marks.handed(entry);
        items.add(item);
      }
    }
    inHand = items.isEmpty() ? null : new StoreErrand.Write(ticket, map.name(), items);
    return inHand;
  }

  private boolean isInHand(StoreErrand.Write write) {
    return inHand != null && inHand.ticket() == write.ticket();
  }

  /** The store has taken what it was handed; who is to be told what. */
  List<Ended> written(ErrandResult.Written result) {
    List<Ended> ended = new ArrayList<>();
    if (!isInHand(result.write())) {
      return ended;
    }
    inHand = null;
    failures = 0;
    List<Change> changes = new ArrayList<>();
    List<StoreErrand.Item> items = result.write().items();
    for (int index = 0; index < items.size(); index++) {
      StoreErrand.Item item = items.get(index);
      String refusal = result.refused().get(index);
      settle(item, refusal != null, changes);
      if (refusal == null) {
        map.tally.count(Event.STORED);
        map.confirms
            .stored(ByteBuffer.wrap(item.key()), item.version())
            .forEach(held -> ended.add(new Ended(held, held.answer())));
      } else {
        map.tally.count(Event.REFUSED);
        Answer answer = refused(item, refusal);
        map.confirms
            .failed(ByteBuffer.wrap(item.key()), item.version())
            .forEach(held -> ended.add(new Ended(held, answer)));
      }
    }
    if (!changes.isEmpty()) {
      store.number(new Change.Batch(changes));
    }
    return ended;
  }

  private void settle(StoreErrand.Item item, boolean isRefused, List<Change> changes) {
    if (map.marks.version(ByteBuffer.wrap(item.key())) != item.version()) {
      map.marks.backOfNewer(item.key());
      return;
    }
    changes.add(map.unmarking(item.key()));
    map.dropMark(item.key());
    if (isRefused && map.version(item.key()) == item.version()) {
      changes.add(new Change.Remove(map.name(), item.key()));
    }
  }

  private Answer refused(StoreErrand.Item item, String reason) {
    return new Answer.Failed(
        FailureCode.STORE_REFUSED,
        "the store refuses the write, which was undone unless the key was written again: map=%s,"
                .formatted(map.name())
            + " key=%s, cause=%s".formatted(PrintableBytes.of(item.key()), reason));
  }

  /** Nobody knows what the store has of what it was handed: it is handed over again. */
  List<Ended> notWritten(ErrandResult.NotWritten result, long nowNanos) {
    List<Ended> ended = new ArrayList<>();
    if (!isInHand(result.write())) {
      return ended;
    }
    inHand = null;
    map.tally.count(Event.STORE_FAILURES);
    notBeforeNanos = nowNanos + (RETRY_NANOS_MIN << Math.min(failures, DOUBLINGS_MAX));
    failures++;
    fencedUntilNanos = nowNanos + map.policy.queue().fenceNanos();
    for (StoreErrand.Item item : result.write().items()) {
      map.marks.back(item.key());
      map.confirms
          .failed(ByteBuffer.wrap(item.key()), item.version())
          .forEach(held -> ended.add(unconfirmed(held, result.reason())));
    }
    return ended;
  }

  /** Those whose answer has waited for as long as it may. */
  List<Ended> late(long nowNanos) {
    List<Ended> ended = new ArrayList<>();
    map.confirms
        .since(nowNanos - map.policy.queue().confirmNanos())
        .forEach(held -> ended.add(unconfirmed(held, "the store takes long")));
    return ended;
  }

  private Ended unconfirmed(Held held, String reason) {
    map.tally.count(Event.UNCONFIRMED);
    return new Ended(
        held,
        new Answer.Failed(
            FailureCode.STORE_UNCONFIRMED,
            "the write is in the grid, the store has not confirmed it yet, it is handed over again"
                + " until it does: map=%s, cause=%s".formatted(map.name(), reason)));
  }
}
