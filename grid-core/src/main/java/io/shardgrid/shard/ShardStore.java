package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.bucket.PageBudget;
import org.jspecify.annotations.Nullable;

/**
 * The state of a shard that its copies share: maps, answers table, sequence and wall time.
 *
 * <p>Entries change only in {@link #number}. Confined to its replica.
 */
final class ShardStore {

  private final ShardMaps maps;
  private final AnswersTable answers;
  private long sequence;
  private long wallMillis;

  ShardStore(long hashSeed, PageBudget budget, ReplicaSettings settings) {
    this.maps = new ShardMaps(hashSeed, budget, settings.mapsMax());
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
    number(new Change.Remove(name, key));
    return BucketMap.ABSENT;
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
      return maps.findOrMake(put.map()).put(put.key(), put.value(), sequence, put.deadlineMillis())
          != BucketMap.Stored.REFUSED;
    }
    if (change instanceof Change.DropClient dropClient) {
      answers.drop(dropClient.client());
    } else {
      applyToPresent(change);
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
