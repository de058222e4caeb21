package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.key.Charter;
import org.jspecify.annotations.Nullable;

/**
 * The state of a shard that its copies share: maps, answers table, sequence and wall time.
 *
 * <p>Entries change only in {@link #number}. Confined to its replica.
 */
final class ShardStore {

  private final ShardMaps maps;
  private final AnswersTable answers;
  private final int evictionsMax;
  private long sequence;
  private long evicted;
  private long expired;
  private long wallMillis;

  ShardStore(Charter charter, ReplicaMemory memory, ReplicaSettings settings) {
    this.maps = new ShardMaps(charter, memory, settings.mapsMax());
    this.evictionsMax = settings.evictionsMax();
    this.answers =
        new AnswersTable(
            settings.clientsMax(), settings.openWritesMax(), settings.answerBytesMax());
  }

  ShardMaps maps() {
    return maps;
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
   * Numbers a write and makes its change.
   *
   * @return how many parts were carried out; fewer than there are if one was refused for want of
   *     room, which ends the write
   */
  int number(Change change) {
    sequence++;
    if (change instanceof Change.Batch batch) {
      return applyAll(batch);
    }
    return apply(change) ? change.parts() : 0;
  }

  private int applyAll(Change.Batch batch) {
    int done = 0;
    for (Change change : batch.changes()) {
      if (!apply(change)) {
        return done;
      }
      done++;
    }
    return done;
  }

  private boolean apply(Change change) {
    if (change instanceof Change.Put put) {
      return store(put);
    }
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
      map.remove(map.key(victim));
      evictionsLeft--;
      evicted++;
    }
    return true;
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
