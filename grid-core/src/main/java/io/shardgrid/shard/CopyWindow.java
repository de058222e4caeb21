package io.shardgrid.shard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many chunks of a copy may be on their way at once: as many as the learner acknowledges in a
 * given time. More of them would wait there, before the messages that operations wait for.
 *
 * <p>After LEDBAT (RFC 6817): a round trip that is quicker than the target makes the window larger,
 * a slower one smaller, the more so the farther it is off; by one chunk a window at most. Confined
 * to the copy.
 */
final class CopyWindow {

  private final int max;
  private final double targetNanos;
  private double size;
  private int underWay;

  /**
   * A window of one chunk, as nothing is known of the learner yet.
   *
   * @param max chunks at most
   * @param target what a round trip may take; null if that does not matter: then it is always max
   */
  CopyWindow(int max, @Nullable Duration target) {
    this.max = max;
    this.targetNanos = target == null ? Double.POSITIVE_INFINITY : target.toNanos();
    this.size = target == null ? max : 1;
  }

  /** Whether one more may be sent. */
  boolean isOpen() {
    return underWay < (int) size;
  }

  /** One was sent. */
  void sent() {
    underWay++;
  }

  /** One that was sent so long ago was acknowledged. */
  void acknowledged(long nanos) {
    underWay--;
    double change = Math.max(-1, 1 - nanos / targetNanos);
    size = Math.min(max, Math.max(1, size + change / size));
  }

  /** None of those under way will be acknowledged. */
  void lost() {
    underWay = 0;
  }
}
