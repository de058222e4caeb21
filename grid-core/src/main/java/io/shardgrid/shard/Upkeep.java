package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes expired entries and drops silent clients, a bounded step at a time. Confined to its
 * replica; only the primary runs it, and each removal is a numbered write.
 */
final class Upkeep {

  private final ShardStore store;
  private final int stepMax;
  private final long silenceNanos;
  private int mapNumber;
  private long position;
  private int clientSlot;

  Upkeep(ShardStore store, ReplicaSettings settings) {
    this.store = store;
    this.stepMax = settings.sweepEntriesMax();
    this.silenceNanos = settings.clientSilence().toNanos();
  }

  /** Goes on where the last step ended. O(entries of a step). */
  void step(long nowNanos) {
    int left = stepMax;
    for (int maps = store.maps().count(); maps > 0 && left > 0; maps--) {
      left -= sweep(left);
    }
    dropSilentClients(nowNanos);
  }

  /** Sweeps on in the present map; how many entries it looked at. */
  private int sweep(int entriesMin) {
    if (mapNumber >= store.maps().count()) {
      mapNumber = 0;
      position = 0;
    }
    String name = store.maps().nameAt(mapNumber);
    BucketMap map = store.maps().findOrMake(name);
    if (map.entriesWithDeadline() == 0) {
      mapNumber++;
      position = 0;
      return 0;
    }
    Expired expired = new Expired(store.wallMillis());
    position = map.scan(position, entriesMin, expired);
    if (position == 0) {
      mapNumber++;
    }
    for (byte[] key : expired.keys) {
      store.number(new Change.Remove(name, key));
    }
    return expired.visits;
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

  /** Collects the keys of expired entries. */
  private static final class Expired implements BucketMap.EntryVisitor {
    private final long wallMillis;
    private final List<byte[]> keys = new ArrayList<>();
    private int visits;

    Expired(long wallMillis) {
      this.wallMillis = wallMillis;
    }

    @Override
    public void visit(BucketMap map, long entry) {
      visits++;
      if (Deadlines.isPast(map.deadlineMillis(entry), wallMillis)) {
        keys.add(map.key(entry));
      }
    }
  }
}
