package io.shardgrid.wire;

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
 */
public record Operation(
    String map,
    int shard,
    long client,
    long seq,
    long doneBelow,
    long minEpoch,
    long ageMillis,
    long deadlineNanos,
    Request request)
    implements PeerMessage {

  /** Clocks may differ by just under 5 % of the time that has passed: 1/16 covers it. */
  private static final long DRIFT_PART = 16;

  private static final long LEFT_MAX_NANOS = Long.MAX_VALUE / 4;

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
