package io.shardgrid.wire;

import io.shardgrid.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a shard's primary. Immutable.
 *
 * @param map name of the map
 * @param shard number of the shard
 * @param client who asks; with {@code seq} it names the operation, so that a repeat is known
 * @param seq number of the operation, growing by one from 1 for each client and shard
 * @param doneBelow every operation of this client and shard with a smaller number has ended
 * @param minEpoch the epoch of the placement by which it was sent; a replica that knows only older
 *     ones holds it, a primary whose seat is newer refuses it
 * @param ageMillis how long ago it was first sent
 * @param deadlineNanos when it has to be numbered at the latest, by this process's monotonic clock:
 *     with who asks the end of the time that it has, elsewhere {@link #givenUpNanos}
 * @param trace the span that asks; null unless the operation is followed
 */
public record Operation(
    String map,
    int shard,
    long client,
    long seq,
    long doneBelow,
    long minEpoch,
    int ageMillis,
    long deadlineNanos,
    Request request,
    @Nullable TraceContext trace)
    implements PeerMessage {

  /* Every write makes one of these: with 72 bytes there is no room for more without the next 8. */

  /** Clocks may differ by just under 5 % of the time that has passed: 1/16 covers it. */
  private static final long DRIFT_PART = 16;

  private static final long LEFT_MAX_NANOS = Long.MAX_VALUE / 4;

  /** One that is not followed. An age beyond the bounds of an int is at the bound. */
  public Operation(
      String map,
      int shard,
      long client,
      long seq,
      long doneBelow,
      long minEpoch,
      long ageMillis,
      long deadlineNanos,
      Request request) {
    this(
        map,
        shard,
        client,
        seq,
        doneBelow,
        minEpoch,
        boundedAge(ageMillis),
        deadlineNanos,
        request,
        null);
  }

  /** The same within the bounds of an int: 24 days. */
  static int boundedAge(long millis) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(millis, Integer.MAX_VALUE));
  }

  /** The same operation, asked by another span; null if it is not followed from here on. */
  public Operation under(@Nullable TraceContext span) {
    return new Operation(
        map, shard, client, seq, doneBelow, minEpoch, ageMillis, deadlineNanos, request, span);
  }

  /**
   * When whoever receives an operation can be sure that its client has given it up, whichever of
   * the two clocks is the faster one.
   *
   * <p>Were it sooner, one of an operation's attempts could be dropped as too late, a later
   * operation of the client carried out, and another attempt answered in time behind it.
   *
   * @param nowNanos the receiver's clock
   * @param leftNanos what was left to the operation, by the sender's clock; anything from outside:
   *     beyond some decades it is taken for these, so that what is overdue never seems to be early
   */
  public static long givenUpNanos(long nowNanos, long leftNanos) {
    long left = Math.max(-LEFT_MAX_NANOS, Math.min(leftNanos, LEFT_MAX_NANOS));
    return nowNanos + left + Math.max(0, left / DRIFT_PART);
  }
}
