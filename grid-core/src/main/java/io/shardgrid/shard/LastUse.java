package io.shardgrid.shard;

/**
 * When a shard was last asked for, to a millisecond: each operation would else write what the next
 * one's processor has to fetch from this one's. Confined to its replica.
 */
final class LastUse {

  private static final long GRAIN_NANOS = 1_000_000;

  private long nanos;

  LastUse(long nowNanos) {
    nanos = nowNanos;
  }

  /** It is asked for. */
  void note(long nowNanos) {
    if (nowNanos - nanos >= GRAIN_NANOS) {
      nanos = nowNanos;
    }
  }

  /** Whether it was within a time. */
  boolean isWithin(long withinNanos, long nowNanos) {
    return nowNanos - nanos < withinNanos;
  }
}
