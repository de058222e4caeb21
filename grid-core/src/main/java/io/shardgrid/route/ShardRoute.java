package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The routing machine of one shard: keeps the unresolved operations in order, says what to send
 * next, and what to send again. Pure; confined to whoever holds the router's lock of the shard.
 *
 * <p>Order. Operations go out by ascending number to one node over one way. When the placement
 * changes, the way breaks, or a bound refuses one for later, everything unresolved goes out again
 * from the first on; the shard's table of answers absorbs what it has seen before. Every operation
 * carries the epoch by which it was sent, and a primary whose seat is newer refuses it: so a later
 * operation cannot overtake an earlier one that went to a former primary.
 */
final class ShardRoute {

  private static final int RING_MIN = 4;

  final int shard;

  private final RouterSettings settings;
  private final Capacity capacity;
  private final CapacityShare share;
  private @Nullable PlacementEntry placement;

  /**
   * The placement while all that was taken up has ended, else null: the one thing here that is read
   * without the lock. Whoever took something up, or was told by who did, sees that.
   */
  private volatile @Nullable PlacementEntry quietPlacement;

  private boolean isOpen;

  /** Unresolved operations by number; null where one has ended. A power of two long. */
  private @Nullable Pending[] ring = new @Nullable Pending[RING_MIN];

  private long first = 1;
  private long next = 1;
  private long nextToSend = 1;
  private long bytes;
  private long earliestDeadlineNanos;
  private boolean hasDeadline;

  /**
   * Whether an operation found no room within this shard's own bounds, and none has ended since.
   */
  private boolean wasFull;

  /**
   * Number of the last operation that has ended without an answer and may be carried out yet; 0 if
   * there is none, or a later write was answered since: then the shard drops what comes behind it.
   */
  private long doubted;

  private long pausedUntilNanos;
  private long pauseNanos;

  /** The thread that hands operations of this shard over; the others leave it to that one. */
  @Nullable Thread pumper;

  ShardRoute(int shard, RouterSettings settings, Capacity capacity) {
    this.shard = shard;
    this.settings = settings;
    this.capacity = capacity;
    this.share = new CapacityShare(capacity);
  }

  @Nullable PlacementEntry placement() {
    return placement;
  }

  /** The node that operations go to, if one is known. */
  @Nullable NodeId primary() {
    return placement == null ? null : placement.primary();
  }

  /** The same for people. */
  String primaryText() {
    NodeId node = primary();
    return node == null ? "unknown" : node + (isOpen ? "" : " (not connected)");
  }

  boolean isLost() {
    return placement != null && placement.isLost();
  }

  /** Whether something waits to be handed over. */
  boolean hasUnsent() {
    return nextToSend < next;
  }

  /** The placement, if all that was taken up has ended. Needs no lock. */
  @Nullable PlacementEntry quietPlacement() {
    return quietPlacement;
  }

  /** Whether something that has ended may be carried out yet. Behind {@link #quietPlacement}. */
  boolean isInDoubt() {
    return doubted != 0;
  }

  /** How many operations have no answer yet, or are behind one that has none. */
  long unresolved() {
    return next - first;
  }

  /** Bytes of these. */
  long unresolvedBytes() {
    return bytes;
  }

  /** Whether another operation of this size may wait. */
  boolean hasRoom(long requestBytes) {
    boolean isWithinOwn =
        next - first < settings.waitingMax()
            && (bytes == 0 || bytes + requestBytes <= settings.waitingBytesMax());
    wasFull |= !isWithinOwn;
    return isWithinOwn && share.covers(next - first + 1, bytes + requestBytes);
  }

  /** Takes up an operation; {@link #hasRoom} was true. */
  void add(Pending pending) {
    if (next - first == ring.length) {
      grow();
    }
    pending.seq = next;
    ring[index(next)] = pending;
    if (first == next) {
      quietPlacement = null;
    }
    next++;
    bytes += pending.bytes;
    if (!hasDeadline || pending.deadlineNanos - earliestDeadlineNanos < 0) {
      earliestDeadlineNanos = pending.deadlineNanos;
      hasDeadline = true;
    }
  }

  /** The next operation to hand over to {@link #primary}, or null if there is none for now. */
  @Nullable Operation next(long nowNanos, long client) {
    PlacementEntry known = placement;
    if (known == null || known.isLost() || !isOpen || isPaused(nowNanos)) {
      return null;
    }
    while (nextToSend < next && nextToSend - first < settings.windowMax()) {
      Pending pending = ring[index(nextToSend++)];
      if (pending != null) {
        pending.attempts++;
        return new Operation(
            pending.map,
            shard,
            client,
            pending.seq,
            first,
            known.epoch(),
            ageMillis(pending, nowNanos),
            pending.deadlineNanos,
            pending.request,
            pending.sending(known.primary()));
      }
    }
    return null;
  }

  /** At most what an int holds, which is more than an operation can wait. */
  private static int ageMillis(Pending pending, long nowNanos) {
    return (int) Math.min((nowNanos - pending.startNanos) / 1_000_000, Integer.MAX_VALUE);
  }

  /** The way refused the operation just returned by {@link #next}: try again after a pause. */
  void notSent(long seq, long nowNanos) {
    Pending pending = unresolved(seq);
    if (pending != null) {
      pending.refusals++;
      pending.note("not sent");
    }
    nextToSend = Math.min(nextToSend, Math.max(seq, first));
    pause(nowNanos);
  }

  /**
   * Takes the answer to an attempt. What was carried out, but is told at the deadline or later,
   * comes too late, even if {@link #expire} has not said so yet.
   *
   * @return the operation that has ended with it, or null if it was a refusal or came too late
   */
  @Nullable Pending answered(long seq, Answer answer, long nowNanos) {
    Pending pending = unresolved(seq);
    if (pending == null) {
      return null;
    }
    if (answer.kind() == Answer.Kind.LATER) {
      pending.refusals++;
      pending.note("later");
      nextToSend = first;
      pause(nowNanos);
      return null;
    }
    if (answer instanceof Answer.Moved moved) {
      pending.refusals++;
      pending.note("moved");
      boolean isSentAgain = seq >= nextToSend || moved.placement().isNewerThan(placement);
      if (!isSentAgain && !pending.isUnderWay()) {
        nextToSend = first;
        pause(nowNanos);
      }
      return null;
    }
    if (isLate(pending, nowNanos)) {
      return null;
    }
    // A pause goes on: what was refused meanwhile would else be sent again with every answer.
    if (!isPaused(nowNanos)) {
      pauseNanos = 0;
    }
    if (seq > doubted && pending.request.kind().isWrite()) {
      doubted = 0;
    }
    end(seq);
    return pending;
  }

  /**
   * Learns a placement. Unless it is newer than the known one, nothing happens: whatever was
   * refused by an older one has already been sent again.
   *
   * @param isWayOpen whether the way to its primary is open
   */
  boolean placed(PlacementEntry entry, boolean isWayOpen) {
    if (!entry.isNewerThan(placement)) {
      return false;
    }
    placement = entry;
    quietPlacement = first == next ? entry : null;
    isOpen = isWayOpen;
    sendAllAgain();
    return true;
  }

  /** The way to a node has opened: what was sent over an earlier one may be lost. */
  void wayOpened(NodeId node) {
    if (!isOpen && node.equals(primary())) {
      isOpen = true;
      sendAllAgain();
    }
  }

  /** The way to a node has room again: there is no use in a pause that was made for that. */
  void wayReady(NodeId node) {
    if (hasUnsent() && node.equals(primary())) {
      pausedUntilNanos = 0;
      pauseNanos = 0;
    }
  }

  /** The way to a node has closed. */
  void wayClosed(NodeId node) {
    long attemptedBelow = Math.min(next, first + settings.windowMax());
    for (long seq = first; seq < attemptedBelow; seq++) {
      Pending pending = ring[index(seq)];
      if (pending != null) {
        // Also if it went to another node: sending once too often does no harm, never would.
        pending.losses = pending.attempts - pending.refusals;
        pending.note("connection lost");
      }
    }
    if (node.equals(primary())) {
      isOpen = false;
      nextToSend = first;
    }
  }

  /** Ends every operation whose deadline has passed. */
  void expire(long nowNanos, Consumer<Pending> ended) {
    if (!hasDeadline || nowNanos - earliestDeadlineNanos < 0) {
      return;
    }
    hasDeadline = false;
    for (long seq = first; seq < next; seq++) {
      Pending pending = ring[index(seq)];
      if (pending == null) {
        continue;
      }
      if (isLate(pending, nowNanos)) {
        doubted = pending.isInDoubt() ? seq : doubted;
        end(seq);
        ended.accept(pending);
      } else if (!hasDeadline || pending.deadlineNanos - earliestDeadlineNanos < 0) {
        earliestDeadlineNanos = pending.deadlineNanos;
        hasDeadline = true;
      }
    }
  }

  /** Ends everything. */
  void endAll(Consumer<Pending> ended) {
    for (long seq = first; seq < next; seq++) {
      Pending pending = ring[index(seq)];
      if (pending != null) {
        end(seq);
        ended.accept(pending);
      }
    }
  }

  private static boolean isLate(Pending pending, long nowNanos) {
    return nowNanos - pending.deadlineNanos >= 0;
  }

  private void sendAllAgain() {
    nextToSend = first;
    pausedUntilNanos = 0;
    pauseNanos = 0;
  }

  private boolean isPaused(long nowNanos) {
    return pauseNanos != 0 && nowNanos - pausedUntilNanos < 0;
  }

  private void pause(long nowNanos) {
    if (isPaused(nowNanos)) {
      return;
    }
    long longest = settings.backoffMax().toNanos();
    pauseNanos =
        pauseNanos == 0 ? settings.backoffMin().toNanos() : Math.min(longest, 2 * pauseNanos);
    pausedUntilNanos = nowNanos + pauseNanos;
  }

  private @Nullable Pending unresolved(long seq) {
    return seq < first || seq >= next ? null : ring[index(seq)];
  }

  private void end(long seq) {
    Pending pending = ring[index(seq)];
    if (pending != null) {
      bytes -= pending.bytes;
    }
    ring[index(seq)] = null;
    while (first < next && ring[index(first)] == null) {
      first++;
    }
    nextToSend = Math.max(nextToSend, first);
    share.shrink(next - first, bytes);
    if (wasFull) {
      wasFull = false;
      capacity.announce();
    }
    if (first == next) {
      hasDeadline = false;
      quietPlacement = placement;
    }
  }

  private int index(long seq) {
    return (int) seq & (ring.length - 1);
  }

  private void grow() {
    @Nullable Pending[] larger = new @Nullable Pending[2 * ring.length];
    for (long seq = first; seq < next; seq++) {
      larger[(int) seq & (larger.length - 1)] = ring[index(seq)];
    }
    ring = larger;
  }
}
