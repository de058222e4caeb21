package io.shardgrid.placement;

/** A rate in bytes a second, smoothed over a few seconds. Not thread-safe. */
final class TransferRate {

  private static final double SMOOTHING_NANOS = 3e9;

  /** What comes closer together is one step. */
  private static final long STEP_NANOS_MIN = 50_000_000;

  private long bytes;
  private long sinceNanos;
  private double bytesPerNano;
  private boolean isKnown;

  /** A transfer that begins now. */
  TransferRate(long nowNanos) {
    this.sinceNanos = nowNanos;
  }

  /** So many bytes have been sent by now. */
  void reached(long bytesNow, long nowNanos) {
    long passed = nowNanos - sinceNanos;
    if (passed < STEP_NANOS_MIN) {
      return;
    }
    double step = Math.max(0, bytesNow - bytes) / (double) passed;
    double share = isKnown ? 1 - Math.exp(-passed / SMOOTHING_NANOS) : 1;
    bytesPerNano += share * (step - bytesPerNano);
    isKnown = true;
    bytes = bytesNow;
    sinceNanos = nowNanos;
  }

  /** 0 as long as nothing is known. */
  long bytesPerSecond() {
    return (long) (bytesPerNano * 1e9);
  }
}
