package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.loader.StorePolicy;
import io.shardgrid.loader.StoreTally;
import io.shardgrid.loader.StoreTally.Event;
import io.shardgrid.loader.WriteMode;
import io.shardgrid.wire.replica.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One shard's part of a map with a store: its entries, the marks of writes that the store does not
 * have, and what is known of keys without an entry. Confined to the primary.
 */
final class StoredMap {

  /** What it means that a key has no entry. */
  enum Miss {
    /** It has one. */
    NONE,
    /** There is none in the store either. */
    ABSENT,
    /** The store has to be asked. */
    UNKNOWN,
    /** A write that the store does not have yet has a value, for which there is no room. */
    NO_ROOM
  }

  private static final long MIX = 0x9e3779b97f4a7c15L;

  final StorePolicy policy;
  final StoreTally tally;
  final MarkQueue marks = new MarkQueue();
  final Loads loads = new Loads();
  final ConfirmWaits confirms = new ConfirmWaits();
  final AbsentKeys absent;
  final @Nullable ExistenceFilter filter;

  /** Operations that wait for loads. */
  int waiting;

  /** About what these take in memory. */
  long waitingBytes;

  private final ShardStore store;
  private final String marksName;

  /**
   * Knows nothing yet.
   *
   * @param hashSeed of the cluster
   * @param shards of the cluster
   */
  StoredMap(StorePolicy policy, StoreTally tally, ShardStore store, long hashSeed, int shards) {
    this.policy = policy;
    this.tally = tally;
    this.store = store;
    this.marksName = StoreMark.marksOf(policy.map());
    StorePolicy.Absence absence = policy.absence();
    this.absent = new AbsentKeys(absence.ttlNanos(), absence.keysMax());
    long keys = (absence.filterKeys() + shards - 1) / shards;
    this.filter =
        absence.filterKeys() == 0
            ? null
            : new ExistenceFilter(store, policy.map(), hashSeed, keys + keys / 4);
  }

  String name() {
    return policy.map();
  }

  boolean isThrough() {
    return policy.writes() == WriteMode.THROUGH;
  }

  /** The entry of a key, or {@link BucketMap#ABSENT}; an expired one is removed first. */
  private long find(byte[] key) {
    return store.findLive(name(), store.maps().find(name()), key);
  }

  /** The version of a key's entry; 0 if there is none. */
  long version(byte[] key) {
    long entry = find(key);
    BucketMap map = store.maps().find(name());
    return map == null || entry == BucketMap.ABSENT ? 0 : map.version(entry);
  }

  /** The deadline of a key's entry; none if there is none. */
  long deadlineMillis(byte[] key) {
    BucketMap map = store.maps().find(name());
    long entry = map == null ? BucketMap.ABSENT : map.find(key);
    return map == null || entry == BucketMap.ABSENT
        ? BucketMap.NO_DEADLINE
        : map.deadlineMillis(entry);
  }

  /**
   * Looks for an entry, and makes it again from a write that the store does not have yet if it went
   * to make room, or since it has expired.
   *
   * @param before what whoever asks has learnt from the store already
   */
  Miss look(byte[] key, @Nullable LoadWait before, long nowNanos) {
    if (find(key) != BucketMap.ABSENT) {
      return Miss.NONE;
    }
    StoreMark mark = policy.isWritten() ? mark(key) : null;
    if (mark != null) {
      byte[] value = mark.value();
      return value == null ? Miss.ABSENT : revived(key, value);
    }
    ByteBuffer name = ByteBuffer.wrap(key);
    if (before != null && before.knowsAbsent(name)) {
      return Miss.ABSENT;
    }
    if (absent.has(name, nowNanos)) {
      tally.count(Event.KNOWN_ABSENT);
      return Miss.ABSENT;
    }
    if (filter != null && !filter.mayHave(key)) {
      tally.count(Event.FILTERED);
      return Miss.ABSENT;
    }
    return Miss.UNKNOWN;
  }

  private Miss revived(byte[] key, byte[] value) {
    tally.count(Event.REVIVED);
    return put(key, value) ? Miss.NONE : Miss.NO_ROOM;
  }

  /** Makes an entry of what is, or will be, in the store; false if there is no room. */
  boolean put(byte[] key, byte[] value) {
    long chance = (store.next() ^ ((long) ByteBuffer.wrap(key).hashCode() << 32)) * MIX;
    long deadline = policy.freshness().deadlineMillis(store.wallMillis(), chance ^ (chance >>> 29));
    return store.number(new Change.Put(name(), key, value, deadline)) == 1;
  }

  /** The mark of a key; null if the store has its last write. */
  @Nullable StoreMark mark(byte[] key) {
    BucketMap all = store.maps().find(marksName);
    byte[] bytes = all == null ? null : all.get(key);
    return bytes == null ? null : StoreMark.of(bytes);
  }

  /** The version of the write that a key's mark is of; 0 if there is none. */
  private long markVersion(byte[] key) {
    BucketMap all = store.maps().find(marksName);
    long entry = all == null ? BucketMap.ABSENT : all.find(key);
    return all == null || entry == BucketMap.ABSENT ? 0 : all.version(entry);
  }

  /** The same change with the marks that go with it, and what it adds to the filter. */
  Change marked(Change change, long stamp) {
    if (!policy.isWritten() || change.parts() == 0) {
      return change;
    }
    List<Change> all = new ArrayList<>(2 * change.parts());
    List<byte[]> put = new ArrayList<>();
    for (Change part : parts(change)) {
      all.add(part);
      if (part instanceof Change.Put one) {
        put.add(one.key());
        all.add(marking(one.key(), one.value(), stamp));
      } else if (part instanceof Change.Remove one) {
        all.add(marking(one.key(), null, stamp));
      }
    }
    if (filter != null) {
      all.addAll(filter.adding(put));
    }
    return all.size() == change.parts() ? change : new Change.Batch(all);
  }

  private Change marking(byte[] key, byte @Nullable [] value, long stamp) {
    long since = marks.since(ByteBuffer.wrap(key), store.wallMillis());
    byte[] mark = new StoreMark(value, stamp, since).toBytes();
    return new Change.Put(marksName, key, mark, BucketMap.NO_DEADLINE);
  }

  /** The parts of a change. */
  static List<Change> parts(Change change) {
    return change instanceof Change.Batch batch ? batch.changes() : List.of(change);
  }

  /** A write was numbered: what is loaded of its keys does not count, and they are to be stored. */
  void numbered(Change change) {
    for (Change part : parts(change)) {
      if (part instanceof Change.Put put) {
        numbered(put.key());
      } else if (part instanceof Change.Remove remove) {
        numbered(remove.key());
      }
    }
  }

  private void numbered(byte[] key) {
    ByteBuffer name = ByteBuffer.wrap(key);
    loads.written(name);
    absent.remove(name);
    if (policy.isWritten() && markVersion(key) == store.sequence()) {
      take(key);
    }
  }

  private void take(byte[] key) {
    StoreMark mark = mark(key);
    if (mark == null || marks.version(ByteBuffer.wrap(key)) == markVersion(key)) {
      return;
    }
    byte[] value = mark.value();
    int size = StoreMark.HEAD_BYTES + key.length + (value == null ? 0 : value.length);
    long bytesBefore = marks.bytes();
    int before = marks.size();
    if (marks.put(key, markVersion(key), mark, size)) {
      tally.count(Event.COALESCED);
    }
    tally.marked(marks.size() - before, marks.bytes() - bytesBefore);
  }

  /** The store has the write, or will never have it: its mark is not needed any more. */
  void dropMark(byte[] key) {
    long bytesBefore = marks.bytes();
    int before = marks.size();
    marks.drop(ByteBuffer.wrap(key));
    tally.marked(marks.size() - before, marks.bytes() - bytesBefore);
  }

  /** What removes a mark. */
  Change unmarking(byte[] key) {
    return new Change.Remove(marksName, key);
  }

  /** What is to be handed to the store of a mark; null if the mark is gone. */
  StoreErrand.@Nullable Item item(MarkQueue.Entry entry) {
    StoreMark mark = mark(entry.key());
    return mark == null
        ? null
        : new StoreErrand.Item(entry.key(), mark.value(), markVersion(entry.key()), mark.stamp());
  }

  /** An operation waits for loads. */
  void waits(LoadWait wait) {
    waiting++;
    waitingBytes += wait.bytes();
    tally.waiting(1);
  }

  /** An operation waits for loads no more. */
  void waited(LoadWait wait) {
    waiting--;
    waitingBytes -= wait.bytes();
    tally.waiting(-1);
  }

  /** Whether it has as many marks as it may. */
  boolean isFull() {
    return marks.size() >= policy.queue().marksMax()
        || marks.bytes() >= policy.queue().markBytesMax();
  }

  /** The replica begins to act: finds the marks that it has. O(marks). */
  void seatTaken() {
    forget();
    findMarks();
  }

  /** Marks may come from a restore, too. O(1) unless there are some. */
  void findForeignMarks() {
    BucketMap all = store.maps().find(marksName);
    if (all != null && all.entries() > marks.size()) {
      findMarks();
    }
  }

  private void findMarks() {
    BucketMap all = store.maps().find(marksName);
    if (all == null || !policy.isWritten()) {
      return;
    }
    TreeMap<Long, List<byte[]>> bySince = new TreeMap<>();
    long cursor = 0;
    do {
      cursor = all.scan(cursor, 1_024, (marks, entry) -> note(marks, entry, bySince));
    } while (cursor != 0);
    bySince.values().forEach(keys -> keys.forEach(this::take));
  }

  private static void note(BucketMap marks, long entry, Map<Long, List<byte[]>> bySince) {
    StoreMark mark = StoreMark.of(marks.value(entry));
    if (mark != null) {
      bySince.computeIfAbsent(mark.sinceMillis(), any -> new ArrayList<>(1)).add(marks.key(entry));
    }
  }

  /** The replica does not act any more. */
  void forget() {
    tally.marked(-marks.size(), -marks.bytes());
    marks.clear();
    tally.waiting(-waiting);
    waiting = 0;
    waitingBytes = 0;
    loads.clear();
    absent.clear();
  }
}
