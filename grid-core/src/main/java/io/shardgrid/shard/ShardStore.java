package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Digest;
import io.shardgrid.meter.ShardTally;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.CopyItem;
import io.shardgrid.wire.replica.LoggedWrite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a shard that its copies share: maps, answers table, sequence and wall time.
 *
 * <p>On the primary entries change only in {@link #number}, on others in {@link #apply} and {@link
 * #fill}. Confined to its replica.
 */
final class ShardStore {

  /** Hears of every write that is numbered here, in order. */
  interface Journal {
    /** For whoever ships nothing. */
    Journal NONE = (seq, effects) -> {};

    /** A write was numbered and has had these effects. */
    void numbered(long seq, Change effects);
  }

  private final Journal journal;
  private final ShardMaps maps;
  private final AnswersTable answers;
  private final @Nullable ShardTally tally;

  /** What the part of a write that is being made has evicted; null as long as it is nothing. */
  private @Nullable List<Change> evictionsOfPart;

  private final int evictionsMax;
  private final boolean hasStores;
  private long sequence;
  private long evicted;
  private long expired;
  private long wallMillis;

  ShardStore(
      Charter charter,
      ReplicaCommons commons,
      int shard,
      ReplicaSettings settings,
      Journal journal) {
    this.journal = journal;
    this.tally = commons.tallyOf(shard);
    this.hasStores = commons.stores() != null;
    this.maps = new ShardMaps(charter, commons.memory(), settings.mapsMax(), tally);
    this.evictionsMax = settings.evictionsMax();
    this.answers =
        new AnswersTable(
            settings.clientsMax(), settings.openWritesMax(), settings.answerBytesMax());
  }

  ShardMaps maps() {
    return maps;
  }

  /** Where it is counted what becomes of entries; null if nobody wants to know. */
  @Nullable ShardTally tally() {
    return tally;
  }

  AnswersTable answers() {
    return answers;
  }

  /** Number of the last write. */
  long sequence() {
    return sequence;
  }

  /** The number that the next write will get. */
  long next() {
    return sequence + 1;
  }

  /** The shard's wall time, which never falls: what has expired stays expired. */
  long wallMillis() {
    return wallMillis;
  }

  void advanceWall(long nowMillis) {
    wallMillis = Math.max(wallMillis, nowMillis);
  }

  /** Forgets everything but the time: this replica's copy is not needed any more. */
  void drop() {
    maps.clear();
    answers.clear();
    sequence = 0;
  }

  /**
   * The entry of a key, or {@link BucketMap#ABSENT}. An expired one is removed by a write of its
   * own first, so that whoever is told of the absence is told of something that happened.
   */
  long findLive(String name, @Nullable BucketMap map, byte[] key) {
    if (map == null) {
      return BucketMap.ABSENT;
    }
    long entry = map.find(key);
    if (entry == BucketMap.ABSENT || !Deadlines.isPast(map.deadlineMillis(entry), wallMillis)) {
      return entry;
    }
    expire(name, key);
    return BucketMap.ABSENT;
  }

  /** Removes an expired entry, as a numbered write. */
  void expire(String name, byte[] key) {
    expired++;
    number(new Change.Remove(name, key));
    if (tally != null) {
      tally.expired(name);
    }
  }

  /** Entries that were removed to make room, so far. */
  long evicted() {
    return evicted;
  }

  /** Entries that were removed since their deadline had passed, so far. */
  long expired() {
    return expired;
  }

  /**
   * Numbers a write and makes its change, as the primary.
   *
   * @return how many parts were carried out; fewer than there are if one was refused for want of
   *     room, which ends the write
   */
  int number(Change change) {
    sequence++;
    if (change instanceof Change.Batch batch) {
      return numberAll(batch);
    }
    boolean isDone = make(change);
    journal.numbered(sequence, behindEvictions(isDone ? change : Change.None.INSTANCE));
    return isDone ? change.parts() : 0;
  }

  private int numberAll(Change.Batch batch) {
    List<Change> made = new ArrayList<>(batch.parts());
    int done = 0;
    for (Change part : batch.changes()) {
      boolean isDone = makePart(part);
      Change effects = behindEvictions(isDone ? part : Change.None.INSTANCE);
      if (effects instanceof Change.Batch several) {
        made.addAll(several.changes());
      } else if (isDone) {
        made.add(effects);
      }
      if (!isDone) {
        break;
      }
      done++;
    }
    journal.numbered(sequence, new Change.Batch(made));
    return done;
  }

  private boolean make(Change part) {
    return part instanceof Change.Put put ? store(put) : applyOther(part);
  }

  /**
   * What the grid keeps of a map beside its entries is bounded by itself, and never refused: else
   * half of a write could be made.
   */
  private boolean makePart(Change part) {
    boolean isOwn = hasStores && part instanceof Change.Put put && StoreMark.isOwn(put.map());
    if (!isOwn) {
      return make(part);
    }
    maps.overdraws(true);
    try {
      return make(part);
    } finally {
      maps.overdraws(false);
    }
  }

  /** What was made, behind what was evicted for it. */
  private Change behindEvictions(Change made) {
    List<Change> evictions = evictionsOfPart;
    if (evictions == null) {
      return made;
    }
    evictionsOfPart = null;
    if (made.parts() > 0) {
      evictions.add(made);
    }
    return new Change.Batch(evictions);
  }

  /** Applies a write that the primary numbered, whatever the budgets say. */
  void apply(LoggedWrite write, long nowNanos) {
    sequence = write.seq();
    advanceWall(write.wallMillis());
    maps.overdraws(true);
    try {
      if (write.change() instanceof Change.Batch batch) {
        batch.changes().forEach(this::follow);
      } else {
        follow(write.change());
      }
    } finally {
      maps.overdraws(false);
    }
    LoggedWrite.Origin origin = write.origin();
    if (origin != null) {
      answers.remember(origin, nowNanos);
    }
  }

  private void follow(Change change) {
    if (!(change instanceof Change.Put put)) {
      applyOther(change);
      return;
    }
    BucketMap map = maps.findOrMake(put.map(), wallMillis);
    if (map.put(put.key(), put.value(), sequence, put.deadlineMillis())
        == BucketMap.Stored.REFUSED) {
      throw new IllegalStateException(
          "a write that was carried out has no room here: sequence=" + sequence);
    }
  }

  /** Begins to be filled: forgets everything, and takes over the answers as of a sequence. */
  void reset(CopyItem.Reset reset, long nowNanos) {
    drop();
    sequence = reset.seq();
    advanceWall(reset.wallMillis());
    answers.restore(reset.clients(), nowNanos);
  }

  /** Takes over more answers as of the sequence that it was reset to. */
  void fill(CopyItem.Clients clients, long nowNanos) {
    answers.add(clients.clients(), nowNanos);
  }

  /** Takes over entries as they are on the primary, whatever the budgets say. */
  void fill(CopyItem.Chunk chunk) {
    BucketMap map = maps.findOrMake(chunk.map(), wallMillis);
    maps.overdraws(true);
    try {
      chunk.forEach(map::put);
    } finally {
      maps.overdraws(false);
    }
  }

  /** Over all entries of all maps. O(maps). */
  Digest digest() {
    Digest sum = Digest.ZERO;
    for (BucketMap map : maps.all()) {
      sum = sum.plus(map.digest());
    }
    return sum;
  }

  /** What it holds, map by map in the order they were made. O(maps). */
  Answer.Description describe() {
    List<Answer.MapLine> lines = new ArrayList<>(maps.count());
    for (int number = 0; number < maps.count(); number++) {
      BucketMap map = maps.at(number);
      lines.add(
          new Answer.MapLine(
              maps.nameAt(number),
              map.entries(),
              map.entriesWithDeadline(),
              map.liveBytes(),
              map.reservedBytes(),
              map.contentDigest(),
              maps.settingsOf(maps.nameAt(number))));
    }
    return new Answer.Description(sequence, wallMillis, digest(), lines);
  }

  private boolean applyOther(Change change) {
    if (change instanceof Change.DropClient dropClient) {
      answers.drop(dropClient.client());
    } else {
      applyToPresent(change);
    }
    return true;
  }

  /**
   * Stores an entry. Where there is no room, entries of the same map that its policy names make it:
   * their removals are part of this write. Bounded: a write that needs more is refused.
   */
  private boolean store(Change.Put put) {
    BucketMap map = maps.findOrMake(put.map(), wallMillis);
    int evictionsLeft = evictionsMax;
    while (map.put(put.key(), put.value(), sequence, put.deadlineMillis())
        == BucketMap.Stored.REFUSED) {
      long victim = evictionsLeft > 0 ? map.victim() : BucketMap.ABSENT;
      if (victim == BucketMap.ABSENT) {
        return false;
      }
      byte[] key = map.key(victim);
      map.remove(key);
      noteEviction(new Change.Remove(put.map(), key));
      evictionsLeft--;
      evicted++;
      if (tally != null) {
        tally.evicted(put.map());
      }
    }
    return true;
  }

  private void noteEviction(Change removal) {
    List<Change> evictions = evictionsOfPart;
    if (evictions == null) {
      evictions = new ArrayList<>();
      evictionsOfPart = evictions;
    }
    evictions.add(removal);
  }

  private void applyToPresent(Change change) {
    if (change instanceof Change.Remove remove) {
      BucketMap map = maps.find(remove.map());
      if (map != null) {
        map.remove(remove.key());
      }
    } else if (change instanceof Change.Expire expire) {
      BucketMap map = maps.find(expire.map());
      if (map != null) {
        map.expire(expire.key(), sequence, expire.deadlineMillis());
      }
    } else if (change instanceof Change.Clear clear) {
      BucketMap map = maps.find(clear.map());
      if (map != null) {
        map.clear();
      }
    }
  }
}
