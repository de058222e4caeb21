package io.shardgrid.shard;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a replica acts in its shard's seat, and passes the right to act on. Confined to
 * its replica.
 */
final class Reign {

  /*
   * A shard has one right to act. It is made at the founding (prevSeat is NONE); whoever has it
   * when a newer placement names another node passes it on in a Yield to that node's seat, whether
   * it acted or not, and repeats the Yield until it hears that the seat, or a later one, was taken.
   * So a placement that a node never saw, or a seat that was over before anybody took it, does not
   * break the chain:
   *
   *   seat   named   acts   passes on
   *   s1     A       yes    Yield(s1 -> s2, length 7) to B
   *   s2     B       no     cannotTake: it holds nothing; then Yield(s2 -> s3, length 7) to A
   *   s3     A       yes    it holds all 7
   *
   * A Yield may arrive twice and late. It counts once, for nextSeat names one seat, and seats grow:
   * one that is not newer than the newest seen is a repeat.
   *
   * The data does not travel with the right. Whoever acted keeps it until the next seat is taken by
   * somebody who holds as much, and "length" tells how much that is. While the only copy of a
   * shard that was written is here, nobody else can ever take a seat; so when this node is named
   * again it need not wait for the right to come back, and cannot be stuck if it was lost with the
   * node that had it.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Reign.class);

  private final int shard;
  private final NodeId self;
  private SeatLife life = SeatLife.IDLE;
  private @Nullable PlacementEntry placement;
  private long seat = Epoch.NONE;
  private boolean isOnlyCopy;
  private @Nullable Right right;
  private @Nullable Grant grant;
  private long newestSeen = Epoch.NONE;
  private long newestTaken = Epoch.NONE;
  private long refusedSeat = Epoch.NONE;

  /** The right to act, in hand: for which seat, who holds so much may use it, who gave it. */
  private record Right(long seat, long length, @Nullable Received received) {}

  /** A yield, and who is to be told when its seat has been taken. */
  private record Received(NodeId from, Yield yield) {}

  /** The right, given away but not yet known to be used; and where it had come from. */
  private record Grant(NodeId to, Yield yield, @Nullable Received received) {}

  Reign(int shard, NodeId self) {
    this.shard = shard;
    this.self = self;
  }

  SeatLife life() {
    return life;
  }

  /** The newest placement known. */
  @Nullable PlacementEntry placement() {
    return placement;
  }

  /** The seat in which this replica acts or whose data it kept, or {@link Epoch#NONE}. */
  long seat() {
    return seat;
  }

  /** A committed placement; one that is not newer is ignored. */
  void place(PlacementEntry entry, long sequence, Effects effects) {
    if (entry.isNewerThan(placement)) {
      placement = entry;
      follow(entry, sequence, effects);
    }
  }

  /** The right to act arrives, from whoever had it. */
  void yielded(NodeId from, Yield yield, long sequence, Effects effects) {
    if (yield.nextSeat() <= newestTaken) {
      effects.acknowledge(from, yield);
      return;
    }
    if (yield.nextSeat() <= newestSeen || life == SeatLife.ACTING) {
      return;
    }
    newestSeen = yield.nextSeat();
    right = new Right(yield.nextSeat(), yield.length(), new Received(from, yield));
    if (placement != null) {
      follow(placement, sequence, effects);
    }
  }

  /**
   * The seat of a yield sent by this replica, or a later one, was taken.
   *
   * @return whether this replica's copy of the data is not needed any more
   */
  boolean acknowledged(Yield yield, Effects effects) {
    if (grant == null || grant.yield().nextSeat() != yield.nextSeat()) {
      return false;
    }
    Received received = grant.received();
    grant = null;
    newestTaken = Math.max(newestTaken, yield.nextSeat());
    if (received != null) {
      effects.acknowledge(received.from(), received.yield());
    }
    if (life != SeatLife.DRAINING || right != null) {
      return false;
    }
    move(SeatLife.IDLE);
    if (placement != null && placement.inSync().contains(self)) {
      return false;
    }
    seat = Epoch.NONE;
    isOnlyCopy = false;
    return true;
  }

  /** Sends again what has not been acknowledged. */
  void repeat(Effects effects) {
    if (grant != null) {
      effects.yieldTo(grant.to(), grant.yield());
    }
  }

  private void follow(PlacementEntry entry, long sequence, Effects effects) {
    if (self.equals(entry.primary())) {
      followOwn(entry, sequence, effects);
      return;
    }
    if (right != null && entry.primary() != null && entry.seat() > right.seat()) {
      give(right, entry.primary(), entry, sequence, effects);
    }
    boolean owes = right != null || grant != null;
    SeatLife next = owes ? SeatLife.DRAINING : SeatLife.IDLE;
    if (life != next) {
      move(next);
    }
  }

  private void followOwn(PlacementEntry entry, long sequence, Effects effects) {
    if (life == SeatLife.ACTING && entry.seat() == seat) {
      isOnlyCopy &= isAlone(entry);
      return;
    }
    if (mayTake(entry, sequence)) {
      take(entry, effects);
      return;
    }
    if (life != SeatLife.NAMED) {
      move(SeatLife.NAMED);
    }
    Received received = right == null ? null : right.received();
    boolean lacksData = right != null && right.seat() <= entry.seat() && right.length() > sequence;
    if (received != null && lacksData && refusedSeat != entry.seat()) {
      refusedSeat = entry.seat();
      effects.cannotTake(entry, received.yield().holder(), received.yield().length());
    }
  }

  private boolean mayTake(PlacementEntry entry, long sequence) {
    boolean isFounding = entry.prevSeat() == Epoch.NONE;
    boolean actedBefore = seat != Epoch.NONE && entry.prevSeat() == seat;
    boolean hasRight = right != null && right.seat() <= entry.seat() && right.length() <= sequence;
    boolean hasAllThereIs = isOnlyCopy && sequence > 0;
    return isFounding || actedBefore || hasRight || hasAllThereIs;
  }

  private void take(PlacementEntry entry, Effects effects) {
    Received received = right == null ? null : right.received();
    // Still open are a yield that this seat makes needless, and whoever waits for its end.
    Received passedOn = grant == null ? null : grant.received();
    seat = entry.seat();
    isOnlyCopy = isAlone(entry);
    right = new Right(seat, 0, null);
    grant = null;
    newestSeen = Math.max(newestSeen, seat);
    newestTaken = Math.max(newestTaken, seat);
    move(SeatLife.ACTING);
    effects.taken(entry);
    acknowledge(received, effects);
    acknowledge(passedOn, effects);
  }

  private static void acknowledge(@Nullable Received received, Effects effects) {
    if (received != null) {
      effects.acknowledge(received.from(), received.yield());
    }
  }

  private void give(Right given, NodeId to, PlacementEntry entry, long sequence, Effects effects) {
    // Never asks for less than what is here, wherever the right has been.
    long length = Math.max(given.length(), sequence);
    Received received = given.received();
    NodeId holder = received == null || length == sequence ? self : received.yield().holder();
    Yield yield = new Yield(shard, given.seat(), entry.seat(), length, holder);
    grant = new Grant(to, yield, given.received());
    right = null;
    newestSeen = Math.max(newestSeen, given.seat());
    effects.yieldTo(to, yield);
  }

  /** Whether no other node may hold what is written under this placement. */
  private boolean isAlone(PlacementEntry entry) {
    return entry.inSync().stream().allMatch(self::equals);
  }

  private void move(SeatLife next) {
    if (!life.canBecome(next)) {
      throw new IllegalStateException(
          "no such move of a seat: shard=%d, from=%s, to=%s".formatted(shard, life, next));
    }
    LOG.debug("seat of shard {}: {} to {}, placement {}", shard, life, next, placement);
    life = next;
  }
}
