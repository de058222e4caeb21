package io.shardgrid.rule;

/**
 * Lets so many lines a second pass, and as many at once after a rest; counts the others.
 * Thread-safe.
 */
final class LogPace {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final int linesPerSecond;
  private double allowed;
  private long lastNanos;
  private boolean hasBegun;
  private long dropped;

  LogPace(int linesPerSecond) {
    this.linesPerSecond = linesPerSecond;
    this.allowed = linesPerSecond;
  }

  /** Whether a line may be logged now. */
  synchronized boolean passes(long nowNanos) {
    if (hasBegun) {
      double gained = (double) (nowNanos - lastNanos) * linesPerSecond / SECOND_NANOS;
      allowed = Math.min(linesPerSecond, allowed + gained);
    }
    hasBegun = true;
    lastNanos = nowNanos;
    if (allowed < 1) {
      dropped++;
      return false;
    }
    allowed--;
    return true;
  }

  /** How many did not pass since it was asked last. */
  synchronized long takeDropped() {
    long taken = dropped;
    dropped = 0;
    return taken;
  }
}
