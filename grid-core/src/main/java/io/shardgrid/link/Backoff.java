package io.shardgrid.link;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: doubling from the least to the most, with
 * jitter, so that many nodes do not come back in step. Not thread-safe.
 */
public final class Backoff {

  private final long minNanos;
  private final long maxNanos;
  private final RandomGenerator random;
  private long nextNanos;

  /** Waits within the bounds of these settings. */
  public Backoff(LinkSettings settings, RandomGenerator random) {
    this.minNanos = settings.reconnectMin().toNanos();
    this.maxNanos = settings.reconnectMax().toNanos();
    this.random = random;
    this.nextNanos = minNanos;
  }

  /** The wait before the next attempt: between half of the current step and all of it. */
  public long nextNanos() {
    long step = nextNanos;
    nextNanos = Math.min(maxNanos, step * 2);
    return step / 2 + random.nextLong(step / 2 + 1);
  }

  /** Begins anew with the least wait, after a success. */
  public void reset() {
    nextNanos = minNanos;
  }
}
