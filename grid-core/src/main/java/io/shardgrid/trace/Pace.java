package io.shardgrid.trace;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** So many in each second and no more. Thread-safe, without locks. */
final class Pace {

  /* One number: the second in the high 32 bits, how many it has seen in the low ones. */
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long COUNT_MASK = 0xffff_ffffL;

  private final int perSecondMax;
  private final AtomicLong seen = new AtomicLong(-1L << 32);
  private final LongAdder refused = new LongAdder();

  Pace(int perSecondMax) {
    this.perSecondMax = perSecondMax;
  }

  /** Whether one more is within the bound; it counts then. */
  boolean take(long nowNanos) {
    long second = Math.floorDiv(nowNanos, NANOS_PER_SECOND) & COUNT_MASK;
    while (true) {
      long known = seen.get();
      boolean isSame = known >>> 32 == second;
      long count = isSame ? known & COUNT_MASK : 0;
      if (count >= perSecondMax) {
        refused.increment();
        return false;
      }
      if (seen.compareAndSet(known, second << 32 | (count + 1))) {
        return true;
      }
    }
  }

  /** How many were not. */
  long refused() {
    return refused.sum();
  }
}
