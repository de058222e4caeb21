package io.shardgrid.rule;

/**
 * Judges by what a thread was seen doing whether it has to be interrupted, or given up. Confined to
 * whoever watches.
 *
 * <p>The thread itself reads no clock: it numbers its calls, and a call that is seen twice with the
 * limit in between has been running for that long. So a call is interrupted between the limit and
 * the limit with two rounds of the watch.
 */
final class CallWatch {

  /** What is to be done about a thread. */
  enum Verdict {
    /** Nothing. */
    NONE,
    /** Its call is beyond its limit. */
    INTERRUPT,
    /** It was interrupted and goes on. */
    ABANDON
  }

  private final long limitNanos;
  private final long abandonNanos;
  private long seen;
  private long sinceNanos;

  CallWatch(long limitNanos, long abandonNanos) {
    this.limitNanos = limitNanos;
    this.abandonNanos = abandonNanos;
  }

  /**
   * Judges.
   *
   * @param state of the thread, as {@link WorkerState} writes it
   */
  Verdict judge(long state, long nowNanos) {
    if (state != seen) {
      seen = state;
      sinceNanos = nowNanos;
      return Verdict.NONE;
    }
    long forNanos = nowNanos - sinceNanos;
    if (WorkerState.isRunning(state)) {
      return forNanos >= limitNanos ? Verdict.INTERRUPT : Verdict.NONE;
    }
    return WorkerState.isInterrupted(state) && forNanos >= abandonNanos
        ? Verdict.ABANDON
        : Verdict.NONE;
  }
}
