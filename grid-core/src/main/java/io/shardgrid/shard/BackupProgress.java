package io.shardgrid.shard;

import io.shardgrid.key.Epoch;

/** What a primary knows of one replica that is required for its writes. Confined to it. */
final class BackupProgress {

  private static final long NONE = -1;

  /** Number of the last write that it has acknowledged in this seat. */
  private long acknowledged = NONE;

  /** Number of the next write to be sent. */
  private long next;

  private boolean isSent;
  private long toldCommit;
  private long sentNanos;
  private long rewoundNanos;
  private boolean hasLease;
  private long leaseNanos;

  /** Whether something was sent since it was last heard of, and when the first of that was. */
  private boolean isUnanswered;

  private long unansweredNanos;
  private boolean isStale;

  /** What its copy contains, as long as the in-sync set does not name it. */
  private long copied = NONE;

  private boolean isAsked;

  /** The placement that it is known to have, and the one that it is being told since a moment. */
  private long knownEpoch = Epoch.NONE;

  private long toldEpoch = Epoch.NONE;
  private long toldNanos;

  /** One of the in-sync set: what it has is not known. */
  BackupProgress(long nowNanos) {
    rewoundNanos = nowNanos;
  }

  /** A learner whose copy contains all writes up to {@code copied}. */
  static BackupProgress learnt(long copied, long nowNanos) {
    BackupProgress progress = new BackupProgress(nowNanos);
    progress.copied = copied;
    progress.acknowledged = copied;
    progress.next = copied + 1;
    return progress;
  }

  /** Whether it has said anything in this seat: until then it gets everything at once. */
  boolean isKnown() {
    return acknowledged != NONE;
  }

  long acknowledged() {
    return acknowledged;
  }

  long next() {
    return next;
  }

  boolean isLearner() {
    return copied != NONE;
  }

  long copied() {
    return copied;
  }

  /** Whether nobody has asked for its addition yet; from now on somebody has. */
  boolean isFirstAsked() {
    boolean isFirst = !isAsked;
    isAsked = true;
    return isFirst;
  }

  /** The in-sync set names it. */
  void named() {
    copied = NONE;
  }

  boolean isStale() {
    return isStale;
  }

  void stale() {
    isStale = true;
  }

  /** It has acknowledged everything up to {@code length}. */
  void acknowledged(long length, long sentAtNanos) {
    acknowledged = Math.max(acknowledged, length);
    next = Math.max(next, acknowledged + 1);
    if (!hasLease || sentAtNanos - leaseNanos > 0) {
      leaseNanos = sentAtNanos;
    }
    hasLease = true;
    // Strictly: what was sent at the same moment may have left the placement out.
    if (toldEpoch != Epoch.NONE && sentAtNanos - toldNanos > 0) {
      knownEpoch = toldEpoch;
    }
    heard();
  }

  /**
   * Whether it has to be told the placement with this epoch; if so, it is told now, and again until
   * it has acknowledged something that was sent later than the first that told it.
   */
  boolean isToBeTold(long epoch, long nowNanos) {
    if (epoch == knownEpoch) {
      return false;
    }
    if (epoch != toldEpoch) {
      toldEpoch = epoch;
      toldNanos = nowNanos;
    }
    return true;
  }

  /** It misses something: goes back, unless that was sent again already. */
  void missed(long sentAtNanos, long nowNanos) {
    if (sentAtNanos - rewoundNanos >= 0) {
      repeat(nowNanos);
    }
  }

  /** It may have refused what it has not acknowledged: that is sent again. */
  void repeat(long nowNanos) {
    if (isKnown()) {
      next = acknowledged + 1;
      rewoundNanos = nowNanos;
    } else {
      isSent = false;
    }
  }

  void heard() {
    isUnanswered = false;
  }

  /** What it did not answer so far does not count. */
  void excuse(long nowNanos) {
    unansweredNanos = nowNanos;
  }

  /** Number of the last write that it was told is committed. */
  long toldCommit() {
    return toldCommit;
  }

  boolean isUnanswered() {
    return isUnanswered;
  }

  void sent(long newNext, long commit, long nowNanos) {
    next = newNext;
    toldCommit = commit;
    sentNanos = nowNanos;
    isSent = true;
    if (!isUnanswered) {
      isUnanswered = true;
      unansweredNanos = nowNanos;
    }
  }

  boolean isDue(long nowNanos, long heartbeatNanos) {
    return !isSent || nowNanos - sentNanos >= heartbeatNanos;
  }

  /** Whether its promise holds: it was sent something within this time that it acknowledged. */
  boolean isPromised(long nowNanos, long withinNanos) {
    return hasLease && nowNanos - leaseNanos < withinNanos;
  }

  void forgetPromise() {
    hasLease = false;
  }

  boolean isSilent(long nowNanos, long silenceNanos) {
    return isUnanswered && nowNanos - unansweredNanos >= silenceNanos;
  }
}
