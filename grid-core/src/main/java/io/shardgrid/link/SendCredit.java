package io.shardgrid.link;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What may still be sent to a node before it has told that some of it has ended: operations and
 * their bytes, counted from the opening of the link. All that is sent beyond what has ended there
 * lies in that node's memory, so it says how much that may be.
 *
 * <p>Any thread may take; one at a time may grant.
 */
public final class SendCredit {

  /*
   * What is told are totals, which only grow, so a word about them may be late, repeated, or left
   * out. (As the windows of HTTP/2, RFC 9113 5.2, but with totals in place of increments.)
   *
   * What is under way is one word, operations above bytes, so that nobody ever takes more than there
   * is: in a form with two counters, one who took too much, and gave it back at once, made another
   * one wait although there was room, for a word that was due only after more had been sent.
   */
  private static final int BYTES_BITS = 43;
  private static final long BYTES_MASK = (1L << BYTES_BITS) - 1;
  private static final long OPERATIONS_MASK = (1L << (63 - BYTES_BITS)) - 1;

  private final long operationsMax;
  private final long bytesMax;
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicBoolean wasRefused = new AtomicBoolean();

  /** Confined to who grants. */
  private long endedOperations;

  private long endedBytes;

  /** Nothing sent yet, and so much to be under way at once; 2^20 operations and 8 TiB at most. */
  public SendCredit(long operationsMax, long bytesMax) {
    this.operationsMax = Math.min(operationsMax, OPERATIONS_MASK);
    this.bytesMax = Math.min(bytesMax, BYTES_MASK);
  }

  /** Most bytes of one operation: a larger one might never find room. */
  public long operationBytesMax() {
    return bytesMax / 2;
  }

  /** Takes what an operation needs; false if that is more than there is. */
  public boolean take(int bytes) {
    while (true) {
      long before = underWay.get();
      if (hasRoomFor(bytes, before)) {
        if (underWay.compareAndSet(before, before + word(1, bytes))) {
          return true;
        }
      } else if (wasRefused.get()) {
        return false;
      } else {
        // Who granted more before this was set has not seen that somebody waits: so look again.
        wasRefused.set(true);
      }
    }
  }

  private boolean hasRoomFor(int bytes, long taken) {
    return operationsOf(taken) < operationsMax && bytesOf(taken) + bytes <= bytesMax;
  }

  /** Operations that are under way now. */
  public long operations() {
    return operationsOf(underWay.get());
  }

  /** Their bytes. */
  public long bytes() {
    return bytesOf(underWay.get());
  }

  /** It was not sent after all. */
  public void giveBack(int bytes) {
    end(1, bytes);
  }

  /**
   * So much has ended at the other node so far.
   *
   * @return whether an operation was refused since the last time, and may be tried again
   */
  public boolean ended(long operations, long bytes) {
    end(Math.max(0, operations - endedOperations), Math.max(0, bytes - endedBytes));
    endedOperations = Math.max(endedOperations, operations);
    endedBytes = Math.max(endedBytes, bytes);
    return wasRefused.getAndSet(false);
  }

  /** Whatever the other node says, no more ends than is under way. */
  private void end(long operations, long bytes) {
    underWay.updateAndGet(
        taken ->
            word(
                Math.max(0, operationsOf(taken) - operations),
                Math.max(0, bytesOf(taken) - bytes)));
  }

  private static long word(long operations, long bytes) {
    return operations << BYTES_BITS | bytes;
  }

  private static long operationsOf(long word) {
    return word >>> BYTES_BITS;
  }

  private static long bytesOf(long word) {
    return word & BYTES_MASK;
  }
}
