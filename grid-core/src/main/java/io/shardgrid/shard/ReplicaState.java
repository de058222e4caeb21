package io.shardgrid.shard;

import io.shardgrid.key.Digest;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.replica.ReplicaMessage.Yield;
import org.jspecify.annotations.Nullable;

/** What the parts of a replica share. Confined to it. */
final class ReplicaState {

  final int shard;
  final NodeId self;
  final ShardStore store;
  final ReplicaLog log = new ReplicaLog();

  /** The newest committed placement known. */
  @Nullable PlacementEntry placement;

  /** Changed by {@link #hold} and {@link #drop} only. */
  Holding holding = Holding.NOTHING;

  /** Whether it never held anything: what such a one lacks was never written. */
  boolean isNew = true;

  /** The seat whose writes the log has: acted in or followed; none while nothing is followed. */
  long seat = Epoch.NONE;

  /** Number of the last write known to be committed. */
  long commit;

  /** The last seat's orderly end, if it makes the promise needless. */
  @Nullable Yield yield;

  /** Number of the last write when the backups were last asked to compare. */
  long checkAskedAt;

  private boolean hasPromised;
  private long promisedUntilNanos;
  private long checkSeq;
  private @Nullable Digest checkDigest;
  private long differsAt;
  private long matchedAt;
  private long matches;
  private long differences;

  ReplicaState(int shard, NodeId self, ShardStore store) {
    this.shard = shard;
    this.self = self;
    this.store = store;
  }

  boolean isInSync() {
    return placement != null && placement.inSync().contains(self);
  }

  boolean isNamed() {
    return placement != null && self.equals(placement.primary());
  }

  /** Promises to take no seat for a while: before an acknowledgement leaves. */
  void promise(long untilNanos) {
    if (!hasPromised || untilNanos - promisedUntilNanos > 0) {
      promisedUntilNanos = untilNanos;
    }
    hasPromised = true;
    yield = null;
  }

  boolean isBoundByPromise(long nowNanos) {
    return hasPromised && nowNanos - promisedUntilNanos < 0;
  }

  /** Applies the log up to a number, as far as it goes. */
  void applyTo(long seq, long nowNanos) {
    long end = Math.min(seq, log.length());
    for (long next = store.sequence() + 1; next <= end; next++) {
      store.apply(log.at(next), nowNanos);
      check();
    }
  }

  /** After the write {@code seq} the entries ought to have this digest. */
  void expect(long seq, @Nullable Digest digest) {
    if (digest != null && seq >= store.sequence()) {
      checkSeq = seq;
      checkDigest = digest;
      check();
    }
  }

  /** What a former primary said of writes that may be replaced does not count. */
  void expectNothing() {
    checkDigest = null;
  }

  private void check() {
    if (checkDigest != null && store.sequence() == checkSeq) {
      if (!checkDigest.equals(store.digest())) {
        differsAt = checkSeq;
        differences++;
      } else {
        matchedAt = checkSeq;
        matches++;
      }
      checkDigest = null;
    }
  }

  /** Number of the write after which the entries differed from the primary's; 0 if never. */
  long differsAt() {
    return differsAt;
  }

  /** Number of the last write after which the entries were the primary's; 0 if never. */
  long matchedAt() {
    return matchedAt;
  }

  /** How often they were, over all that was ever held here. */
  long matches() {
    return matches;
  }

  /** How often they differed, over all that was ever held here. */
  long differences() {
    return differences;
  }

  void hold(Holding next) {
    holding = next;
    isNew = false;
  }

  /** Forgets the shard's data, but neither the time nor what was promised. */
  void drop() {
    store.drop();
    log.restart(0);
    holding = Holding.NOTHING;
    seat = Epoch.NONE;
    commit = 0;
    checkDigest = null;
    differsAt = 0;
    matchedAt = 0;
    checkAskedAt = 0;
  }
}
