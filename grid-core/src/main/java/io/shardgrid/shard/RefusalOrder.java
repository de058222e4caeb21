package io.shardgrid.shard;

import io.shardgrid.wire.Operation;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps a client's operations in their order although some are refused until later: once one is
 * refused, those behind it are refused too until it has come again or its client is done with it.
 *
 * <p>Costs nothing while nobody is refused. Confined to its replica; not part of the shard's state.
 */
final class RefusalOrder {

  /*
   * A client's refused operations are a range of its numbers, from..to. The one at "from" may pass,
   * which moves "from" on; what is beyond it may not. So the refused ones pass one by one in their
   * order, and new ones behind them. A range ends for good when the last deadline in it is over:
   * the client's router has given all of them up, and they never come again.
   *
   * At the bound on clients a refusal leaves no trace. Until the deadlines of those are over, a
   * client without a range may do only what is its first open operation: there is nothing open
   * before it that could come later.
   */
  private final int clientsMax;
  private final Map<Long, Range> ranges = new HashMap<>();
  private boolean hasUntraced;
  private long untracedUntilNanos;

  private static final class Range {
    private long from;
    private long to;
    private long untilNanos;

    private Range(Operation first) {
      from = first.seq();
      to = first.seq();
      untilNanos = first.deadlineNanos();
    }
  }

  RefusalOrder(int clientsMax) {
    this.clientsMax = clientsMax;
  }

  /** Whether an operation must be refused because one before it was. */
  boolean bars(Operation operation, long nowNanos) {
    if (ranges.isEmpty() && !hasUntraced) {
      return false;
    }
    Range range = ranges.get(operation.client());
    if (range == null) {
      return barsUntraced(operation, nowNanos);
    }
    range.from = Math.max(range.from, operation.doneBelow());
    boolean isBarred = operation.seq() > range.from && nowNanos - range.untilNanos <= 0;
    if (operation.seq() == range.from) {
      range.from++;
    }
    if (range.from > range.to || nowNanos - range.untilNanos > 0) {
      ranges.remove(operation.client());
      return false;
    }
    return isBarred;
  }

  private boolean barsUntraced(Operation operation, long nowNanos) {
    hasUntraced = hasUntraced && nowNanos - untracedUntilNanos <= 0;
    return hasUntraced && operation.seq() > operation.doneBelow();
  }

  /** An operation was refused until later. */
  void refused(Operation operation) {
    Range range = ranges.get(operation.client());
    if (range != null) {
      range.from = Math.min(range.from, operation.seq());
      range.to = Math.max(range.to, operation.seq());
      range.untilNanos = later(range.untilNanos, operation.deadlineNanos());
    } else if (ranges.size() < clientsMax) {
      ranges.put(operation.client(), new Range(operation));
    } else {
      untracedUntilNanos =
          hasUntraced
              ? later(untracedUntilNanos, operation.deadlineNanos())
              : operation.deadlineNanos();
      hasUntraced = true;
    }
  }

  /** Forgets the ranges that are over. O(clients that were refused). */
  void forgetEnded(long nowNanos) {
    ranges.values().removeIf(range -> nowNanos - range.untilNanos > 0);
    hasUntraced = hasUntraced && nowNanos - untracedUntilNanos <= 0;
  }

  private static long later(long someNanos, long otherNanos) {
    return otherNanos - someNanos > 0 ? otherNanos : someNanos;
  }
}
