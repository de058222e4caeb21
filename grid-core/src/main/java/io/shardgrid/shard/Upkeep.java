package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.wire.replica.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes expired entries and drops silent clients, a bounded step at a time. Confined to its
 * replica; only the primary runs it, and each removal is a numbered write.
 */
final class Upkeep {

  /** A map that nobody writes to goes on as if so many writes came at each step. */
  private static final int MAINTENANCE_WRITES = 16;

  private final ShardStore store;
  private final int stepMax;
  private final long silenceNanos;
  private int mapNumber;
  private int clientSlot;

  Upkeep(ShardStore store, ReplicaSettings settings) {
    this.store = store;
    this.stepMax = settings.sweepEntriesMax();
    this.silenceNanos = settings.clientSilence().toNanos();
  }

  /** Only goes on with what maps have begun, for a replica that does not act. O(maps). */
  void maintain() {
    for (int number = 0; number < store.maps().count(); number++) {
      store.maps().at(number).maintain(MAINTENANCE_WRITES);
    }
  }

  /** Goes on where the last step ended. O(maps + entries of a step). */
  void step(long nowNanos) {
    int left = stepMax;
    for (int maps = store.maps().count(); maps > 0; maps--) {
      mapNumber = mapNumber + 1 < store.maps().count() ? mapNumber + 1 : 0;
      BucketMap map = store.maps().at(mapNumber);
      map.maintain(MAINTENANCE_WRITES);
      map.passTime(store.wallMillis(), Math.max(1, left));
      left -= expire(store.maps().nameAt(mapNumber), map, left);
    }
    dropSilentClients(nowNanos);
  }

  /** Removes entries that have expired; how many. */
  private int expire(String name, BucketMap map, int entriesMax) {
    if (entriesMax <= 0 || map.entriesWithDeadline() == 0) {
      return 0;
    }
    List<byte[]> keys = new ArrayList<>();
    map.visitDue(entriesMax, (visited, entry) -> keys.add(visited.key(entry)));
    for (byte[] key : keys) {
      store.expire(name, key);
    }
    return keys.size();
  }

  private void dropSilentClients(long nowNanos) {
    AnswersTable answers = store.answers();
    for (int left = Math.min(stepMax, answers.slots()); left > 0; left--) {
      clientSlot = clientSlot + 1 < answers.slots() ? clientSlot + 1 : 0;
      AnswerWindow window = answers.at(clientSlot);
      if (window != null && window.isSilent(nowNanos, silenceNanos)) {
        store.number(new Change.DropClient(window.client()));
      }
    }
  }
}
