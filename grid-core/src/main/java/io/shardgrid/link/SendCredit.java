package io.shardgrid.link;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What may still be sent to a node before it has told that some of it has ended: operations and
 * their bytes, counted from the opening of the link. All that is sent beyond what has ended there
 * lies in that node's memory, so it says how much that may be.
 *
 * <p>Any thread may take; one at a time may grant.
 */
public final class SendCredit {

  /* Totals only grow, so a word about them may be late, repeated, or left out. (As the windows of
   * HTTP/2, RFC 9113 5.2, but with totals in place of increments.)
   */

  private final long operationsMax;
  private final long bytesMax;
  private final AtomicLong sentOperations = new AtomicLong();
  private final AtomicLong sentBytes = new AtomicLong();
  private volatile long endedOperations;
  private volatile long endedBytes;
  private volatile boolean wasRefused;

  /** Nothing sent yet, and so much to be under way at once. */
  public SendCredit(long operationsMax, long bytesMax) {
    this.operationsMax = operationsMax;
    this.bytesMax = bytesMax;
  }

  /** Most bytes of one operation: a larger one might never find room. */
  public long operationBytesMax() {
    return bytesMax / 2;
  }

  /** Takes what an operation needs; false if that is more than there is. */
  public boolean take(int bytes) {
    do {
      long operations = sentOperations.incrementAndGet() - endedOperations;
      long bytesUnderWay = sentBytes.addAndGet(bytes) - endedBytes;
      if (operations <= operationsMax && bytesUnderWay <= bytesMax) {
        return true;
      }
      giveBack(bytes);
      wasRefused = true;
      // Who told of more before this was set has not seen that somebody waits.
    } while (isRoomFor(bytes));
    return false;
  }

  private boolean isRoomFor(int bytes) {
    return sentOperations.get() - endedOperations < operationsMax
        && sentBytes.get() + bytes - endedBytes <= bytesMax;
  }

  /** Operations that are under way now. */
  public long operations() {
    return Math.max(0, sentOperations.get() - endedOperations);
  }

  /** Their bytes. */
  public long bytes() {
    return Math.max(0, sentBytes.get() - endedBytes);
  }

  /** It was not sent after all. */
  public void giveBack(int bytes) {
    sentOperations.decrementAndGet();
    sentBytes.addAndGet(-bytes);
  }

  /**
   * So much has ended at the other node so far.
   *
   * @return whether an operation was refused since the last time, and may be tried again
   */
  public boolean ended(long operations, long bytes) {
    endedOperations = operations;
    endedBytes = bytes;
    boolean isWanted = wasRefused;
    wasRefused = false;
    return isWanted;
  }
}
