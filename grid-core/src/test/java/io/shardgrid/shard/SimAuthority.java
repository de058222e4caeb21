package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A placement that is committed at once, and told to the nodes late, out of order or after a while:
 * stands for the register and its authority, which have a simulation of their own. It changes the
 * placement at any moment that the rules allow.
 */
final class SimAuthority implements SimPlacement {

  private static final long REPEAT_NANOS = 200 * SimTime.MILLI;

  private final Simulation simulation;
  private final SimTime time;
  private final PlacementEntry[] committed;
  private final Map<Integer, Move> moves = new HashMap<>();
  private final Map<SimNode, Long> suspectedSince = new HashMap<>();
  private final double restlessness;
  private int changes;

  /** A primary that is to move, and the node that is to have it. */
  private record Move(NodeId target, long sinceNanos) {}

  SimAuthority(Simulation simulation) {
    this.simulation = simulation;
    this.time = simulation.time;
    this.committed = new PlacementEntry[simulation.shards];
    this.restlessness = time.chance(0.3) ? 0.1 * time.random.nextDouble() : 0.001;
  }

  @Override
  public PlacementEntry committed(int shard) {
    return committed[shard];
  }

  @Override
  public void found() {
    List<SimNode> nodes = simulation.members();
    for (int shard = 0; shard < committed.length; shard++) {
      List<NodeId> inSync = new ArrayList<>();
      int first = time.random.nextInt(nodes.size());
      for (int i = 0; i < Math.min(simulation.charter.backups() + 1, nodes.size()); i++) {
        inSync.add(nodes.get((first + i) % nodes.size()).id);
      }
      long epoch = nextEpoch();
      commit(new PlacementEntry(shard, epoch, epoch, Epoch.NONE, inSync.get(0), inSync));
    }
    time.after(REPEAT_NANOS, this::repeat);
    time.after(50 * SimTime.MILLI, this::step);
  }

  private long nextEpoch() {
    changes++;
    return Epoch.of(1, changes);
  }

  private void commit(PlacementEntry entry) {
    committed[entry.shard()] = entry;
    time.trace(() -> "committed " + entry);
    for (SimNode node : simulation.nodes) {
      tell(node, entry);
    }
  }

  private void tell(SimNode node, PlacementEntry entry) {
    if (!node.isDead && time.chance(0.9)) {
      long delay = time.chance(0.9) ? time.between(0, 5) : time.between(0, 500);
      time.after(
          delay,
          () -> {
            if (simulation.hearsAuthority(node)) {
              node.handle(() -> node.placed(entry));
            }
          });
    }
  }

  private void repeat() {
    for (SimNode node : simulation.nodes) {
      for (PlacementEntry entry : committed) {
        PlacementEntry known = node.replicas.get(entry.shard()).state().placement;
        if (entry.isNewerThan(known)) {
          tell(node, entry);
        }
      }
    }
    time.after(REPEAT_NANOS, this::repeat);
  }

  @Override
  public void request(SimNode from, PlacementEntry base, NodeId node, boolean isAddition) {
    if (simulation.hearsAuthority(from) && (!simulation.isFaulty() || time.chance(0.9))) {
      time.after(time.between(0, 10), () -> requested(base, node, isAddition));
    }
  }

  private void requested(PlacementEntry base, NodeId node, boolean isAddition) {
    PlacementEntry now = committed[base.shard()];
    if (now.epoch() != base.epoch()) {
      return;
    }
    boolean leavesALivingCopy =
        now.inSync().stream()
            .anyMatch(one -> !one.equals(node) && simulation.node(one).isGoingOn());
    if (!isAddition && !node.equals(now.primary()) && leavesALivingCopy) {
      commit(changed(now, without(now, node)));
    } else if (isAddition && simulation.node(node).isMember && !now.inSync().contains(node)) {
      List<NodeId> inSync = new ArrayList<>(now.inSync());
      inSync.add(node);
      commit(changed(now, inSync));
    }
  }

  @Override
  public void joined(SimNode node) {}

  @Override
  public void crashed(SimNode node) {
    time.after(time.between(300, 5_000), () -> node.isMember = false);
  }

  @Override
  public long expelled(SimNode node) {
    long nanos = time.between(300, 5_000);
    time.after(nanos, () -> node.isMember = false);
    return nanos;
  }

  @Override
  public void leave(SimNode node) {
    time.trace(() -> node + " is to leave");
    node.isLeaving = true;
  }

  @Override
  public void weigh(SimNode node, int weight) {
    // There is no planner here.
  }

  @Override
  public void depose(int shard) {
    promote(committed[shard], simulation.node(committed[shard].primary()));
  }

  @Override
  public boolean mayLose(SimNode node, boolean isLossAllowed) {
    return !isLossAllowed;
  }

  @Override
  public void calm() {
    simulation.nodes.forEach(node -> node.isMember &= !node.isDead);
  }

  @Override
  public void checkAtRest() {}

  private PlacementEntry changed(PlacementEntry now, List<NodeId> inSync) {
    return new PlacementEntry(
        now.shard(), nextEpoch(), now.seat(), now.prevSeat(), now.primary(), inSync);
  }

  private void name(PlacementEntry now, NodeId primary, List<NodeId> inSync) {
    long epoch = nextEpoch();
    commit(new PlacementEntry(now.shard(), epoch, epoch, now.seat(), primary, inSync));
  }

  private static List<NodeId> without(PlacementEntry entry, NodeId node) {
    return entry.inSync().stream().filter(one -> !one.equals(node)).toList();
  }

  /** Looks at every shard, and does what a planner would, or what a hasty one might. */
  private void step() {
    time.after(50 * SimTime.MILLI, this::step);
    for (SimNode node : simulation.nodes) {
      if (node.isRunning() && simulation.hearsAuthority(node)) {
        suspectedSince.remove(node);
      } else {
        suspectedSince.putIfAbsent(node, time.nowNanos());
      }
    }
    for (PlacementEntry entry : committed) {
      step(entry);
    }
    for (SimNode node : simulation.nodes) {
      boolean isNamed = Arrays.stream(committed).anyMatch(one -> one.inSync().contains(node.id));
      if (node.isLeaving && node.isRunning() && !isNamed) {
        node.crash();
        node.isMember = false;
      }
    }
  }

  private void step(PlacementEntry entry) {
    NodeId primary = entry.primary();
    if (primary == null) {
      return;
    }
    SimNode acting = simulation.node(primary);
    if (isSuspect(acting) || (simulation.isFaulty() && time.chance(restlessness))) {
      promote(entry, acting);
      return;
    }
    for (NodeId node : entry.inSync()) {
      if (!simulation.node(node).isMember && !node.equals(primary)) {
        commit(changed(entry, without(entry, node)));
        return;
      }
    }
    Move move = moves.get(entry.shard());
    NodeId goer = goer(entry);
    if (goer != null) {
      commit(changed(entry, without(entry, goer)));
    } else if (acting.isLeaving && anyStayer(entry) != null) {
      name(entry, requireNonNull(anyStayer(entry)), entry.inSync());
    } else if (move != null) {
      advance(entry, move);
    } else if (stayers(entry).size() < simulation.wantedCopies()) {
      ask(entry, simulation.anyOther(entry.inSync()));
    } else if (simulation.isFaulty() && time.chance(0.01)) {
      SimNode target = simulation.anyOther(List.of(primary));
      if (target != null) {
        moves.put(entry.shard(), new Move(target.id, time.nowNanos()));
      }
    } else if (entry.inSync().size() > simulation.wantedCopies()) {
      NodeId last = entry.inSync().get(time.random.nextInt(entry.inSync().size()));
      if (!last.equals(primary) && isSpare(entry, last)) {
        commit(changed(entry, without(entry, last)));
      }
    }
  }

  private boolean isSpare(PlacementEntry entry, NodeId node) {
    return without(entry, node).stream().anyMatch(one -> simulation.node(one).isGoingOn());
  }

  /** A node that leaves and is not needed any more, as others hold enough copies. */
  private @Nullable NodeId goer(PlacementEntry entry) {
    boolean isEnough = stayers(entry).size() >= simulation.wantedCopies();
    return entry.inSync().stream()
        .filter(one -> isEnough && simulation.node(one).isLeaving && !one.equals(entry.primary()))
        .filter(one -> isSpare(entry, one))
        .findFirst()
        .orElse(null);
  }

  private List<NodeId> stayers(PlacementEntry entry) {
    return entry.inSync().stream().filter(one -> !simulation.node(one).isLeaving).toList();
  }

  private @Nullable NodeId anyStayer(PlacementEntry entry) {
    return stayers(entry).stream()
        .filter(one -> simulation.node(one).isRunning())
        .findFirst()
        .orElse(null);
  }

  private boolean isSuspect(SimNode node) {
    Long since = suspectedSince.get(node);
    return since != null
        && (!node.isMember || time.nowNanos() - since > 300 * SimTime.MILLI)
        && time.chance(0.3);
  }

  private void promote(PlacementEntry entry, SimNode before) {
    List<NodeId> candidates =
        entry.inSync().stream()
            .filter(node -> !node.equals(before.id) && simulation.node(node).isGoingOn())
            .toList();
    if (candidates.isEmpty()) {
      if (!before.isGoingOn()) {
        throw new SimViolation("the simulation itself lost a shard: " + entry);
      }
      return;
    }
    moves.remove(entry.shard());
    NodeId next = candidates.get(time.random.nextInt(candidates.size()));
    boolean isRemoved = !before.isGoingOn() || time.chance(0.2);
    name(entry, next, isRemoved ? without(entry, before.id) : entry.inSync());
  }

  private void advance(PlacementEntry entry, Move move) {
    boolean isOver =
        !simulation.node(move.target()).isMember
            || move.target().equals(entry.primary())
            || time.nowNanos() - move.sinceNanos() > 5_000 * SimTime.MILLI;
    if (isOver) {
      moves.remove(entry.shard());
    } else if (entry.inSync().contains(move.target())) {
      moves.remove(entry.shard());
      name(entry, move.target(), entry.inSync());
    } else {
      ask(entry, simulation.node(move.target()));
    }
  }

  private void ask(PlacementEntry entry, @Nullable SimNode target) {
    if (target != null && time.chance(0.3)) {
      SimNode primary = simulation.node(entry.primary());
      time.after(
          time.between(0, 20), () -> primary.handle(() -> primary.copyTo(entry.shard(), target)));
    }
  }
}
