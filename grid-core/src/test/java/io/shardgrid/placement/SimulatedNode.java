package io.shardgrid.placement;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A member: its register, its shards, and the authority that runs on it, if one does. */
final class SimulatedNode {

  static final long TICK_MILLIS = 100;

  final NodeId id;
  final MemberView self;
  final Register register = new Register();
  final PlacementTable known = new PlacementTable();

  /** The shards that this node acts for. */
  final Map<Integer, Seat> seats = new TreeMap<>();

  boolean isDead;
  boolean isPaused;
  boolean isCut;
  boolean isRemoved;
  @Nullable Authority authority;
  List<MemberView> view = List.of();
  int viewVersion;

  private final SimulatedCluster cluster;
  private final SimulatedNetwork network;
  private final Set<NodeId> quarantined = new HashSet<>();
  private final List<Runnable> backlog = new ArrayList<>();

  /** Seats handed over, repeated until a newer placement shows that it arrived. */
  private final Map<Integer, Seat> handedOver = new TreeMap<>();

  SimulatedNode(int number, SimulatedCluster cluster, SimulatedNetwork network) {
    this.cluster = cluster;
    this.network = network;
    this.id = new NodeId("10.0.0." + number, 10171, 7_000 + number);
    String zone = "zone" + number % 3;
    int weight = network.random.nextInt(8) == 0 ? 2 : network.random.nextInt(12) == 0 ? 0 : 1;
    this.self = new MemberView(id, "n" + number, zone, weight, 1, 0, 0, Standing.JOINING);
    network.after(network.random.nextInt((int) TICK_MILLIS), this::tick);
  }

  /** One reign: the seat and how many writes the shard has taken. */
  record Seat(long seat, long length) {}

  boolean isRunning() {
    return !isDead && !isPaused;
  }

  /** Takes a message, unless its sender is known to be removed: Pekko quarantines those. */
  void handle(SimulatedNode from, Runnable handler) {
    if (isPaused) {
      backlog.add(() -> handle(from, handler));
    } else if (!isDead && !quarantined.contains(from.id)) {
      handler.run();
    }
  }

  void resume() {
    isPaused = false;
    List<Runnable> waiting = List.copyOf(backlog);
    backlog.clear();
    waiting.forEach(Runnable::run);
  }

  void learnMembers(int version, List<MemberView> members) {
    if (version > viewVersion) {
      viewVersion = version;
      Collection<NodeId> gone = ids(view);
      gone.removeAll(ids(members));
      quarantined.addAll(gone);
      view = members;
      if (authority != null) {
        if (network.chance(0.5)) {
          gone.forEach(authority::removed);
        }
        authority.membersChanged(members);
      }
    }
  }

  static Collection<NodeId> ids(Collection<MemberView> members) {
    return new ArrayList<>(members.stream().map(MemberView::id).toList());
  }

  /** Takes in what was committed, and acts on it. */
  void placed(Placed placed, SimulatedNode from) {
    known.merge(placed.entries()).forEach(this::onNews);
    long epoch = placed.highestEpoch();
    network.send(
        this,
        from,
        () -> {
          if (from.authority != null) {
            from.authority.placedAcknowledged(id, placed.term(), epoch);
          }
        });
  }

  private void onNews(PlacementEntry entry) {
    Seat seat = seats.get(entry.shard());
    if (seat != null) {
      if (id.equals(entry.primary())) {
        take(entry, seat.length());
      }
    } else if (id.equals(entry.primary()) && entry.prevSeat() == Epoch.NONE) {
      take(entry, 0);
    }
  }

  private void take(PlacementEntry entry, long length) {
    if (!isRemoved) {
      cluster.ledger.taken(entry, length);
    }
    network.trace(() -> self.name() + " takes " + entry);
    seats.put(entry.shard(), new Seat(entry.seat(), length));
    handedOver.remove(entry.shard());
    cluster.seatTaken(entry.seat(), id);
  }

  /** The holder of the seat before hands over an empty shard, or says that it is not empty. */
  private void onYield(int shard, Seat yielded, SimulatedNode from) {
    PlacementEntry entry = known.entry(shard);
    boolean isMeant =
        entry != null
            && id.equals(entry.primary())
            && entry.prevSeat() == yielded.seat()
            && !seats.containsKey(shard);
    if (entry != null && isMeant && yielded.length() == 0) {
      take(entry, 0);
    } else if (entry != null && isMeant) {
      cannotTake(entry, from.id, yielded.length());
    }
  }

  Survey survey() {
    return new Survey(
        seats.values().stream().filter(seat -> seat.length() == 0).map(Seat::seat).toList());
  }

  private void tick() {
    if (isDead) {
      return;
    }
    network.after(TICK_MILLIS, this::tick);
    if (isPaused) {
      return;
    }
    if (authority != null) {
      authority.tick(network.nowNanos());
    }
    new HashMap<>(seats).forEach(this::serve);
    handedOver.forEach((shard, seat) -> sendYield(shard, seat));
    if (network.chance(0.3)) {
      known.entries().forEach(this::askForLostHolder);
    }
  }

  /** Takes a write now and then; hands over when the placement names somebody else. */
  private void serve(int shard, Seat seat) {
    PlacementEntry entry = known.entry(shard);
    if (entry == null) {
      return;
    }
    if (entry.seat() == seat.seat()) {
      if (network.chance(cluster.writesPerTick) && !isRemoved) {
        seats.put(shard, new Seat(seat.seat(), seat.length() + 1));
        cluster.ledger.wrote(shard);
      }
    } else if (entry.isLost()) {
      cannotTake(entry, id, seat.length());
    } else if (seat.length() > 0 && cluster.isHolderTelling) {
      cannotTake(entry, id, seat.length());
    } else {
      if (seat.length() == 0) {
        seats.remove(shard);
        handedOver.put(shard, seat);
      }
      sendYield(shard, seat);
    }
  }

  private void sendYield(int shard, Seat seat) {
    PlacementEntry entry = known.entry(shard);
    SimulatedNode target = entry == null ? null : cluster.node(entry.primary());
    if (target != null) {
      network.send(this, target, () -> target.onYield(shard, seat, this));
    }
  }

  /** The holder is gone and nobody will hand over. */
  private void askForLostHolder(PlacementEntry entry) {
    boolean isWaiting =
        id.equals(entry.primary())
            && !seats.containsKey(entry.shard())
            && entry.prevSeat() != Epoch.NONE;
    if (isWaiting && !ids(view).contains(cluster.holderOf(entry.prevSeat()))) {
      cannotTake(entry, null, 0);
    }
  }

  private void cannotTake(PlacementEntry entry, @Nullable NodeId holder, long length) {
    CannotTake refusal = new CannotTake(entry.shard(), entry.epoch(), holder, length);
    network.trace(() -> self.name() + " says " + refusal);
    for (SimulatedNode host : cluster.nodes()) {
      if (host.authority != null) {
        network.send(
            this,
            host,
            () -> {
              if (host.authority != null) {
                host.authority.cannotTake(id, refusal);
              }
            });
      }
    }
  }
}
