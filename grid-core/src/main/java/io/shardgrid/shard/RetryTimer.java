package io.shardgrid.shard;

/**
 * After how long something that is not acknowledged counts as lost: a few times what round trips
 * take, twice as long after each time in vain. Confined to its owner.
 *
 * <p>After RFC 6298 (TCP's retransmission timer), which says why: a sender that repeats itself
 * because a busy receiver is slow makes it slower still.
 */
final class RetryTimer {

  private static final double GAIN = 1.0 / 8;
  private static final double DEVIATION_GAIN = 1.0 / 4;
  private static final int DEVIATIONS = 4;
  private static final int DOUBLINGS_MAX = 16;

  private final long minNanos;
  private final long maxNanos;
  private double roundTripNanos;
  private double deviationNanos;
  private boolean isMeasured;
  private int doublings;

  /** A timer that waits between these; as long as nothing was measured, the geometric mean. */
  RetryTimer(long minNanos, long maxNanos) {
    this.minNanos = minNanos;
    this.maxNanos = Math.max(minNanos, maxNanos);
  }

  /** Something was acknowledged so long after it was sent, for the first time. */
  void acknowledged(long nanos) {
    doublings = 0;
    if (isMeasured) {
      deviationNanos += DEVIATION_GAIN * (Math.abs(nanos - roundTripNanos) - deviationNanos);
      roundTripNanos += GAIN * (nanos - roundTripNanos);
    } else {
      isMeasured = true;
      roundTripNanos = nanos;
      deviationNanos = nanos / 2.0;
    }
  }

  /** It counted as lost, and is sent again. */
  void expired() {
    doublings = Math.min(DOUBLINGS_MAX, doublings + 1);
  }

  /** How long to wait. */
  long nanos() {
    double once =
        isMeasured
            ? roundTripNanos + DEVIATIONS * deviationNanos
            : Math.sqrt((double) minNanos * maxNanos);
    double least = minNanos;
    double most = maxNanos;
    return (long) Math.min(most, Math.max(least, once) * (1 << doublings));
  }
}
