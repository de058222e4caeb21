package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.replica.CopyItem;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.util.ArrayList;
import java.util.List;

/** What befalls a simulated cluster: faults, and what its operator does meanwhile. */
final class SimFaults {

  private static final int NODES_MAX = 10;
  private static final int MEMBERS_MIN = 3;

  private final Simulation simulation;
  private final SimTime time;
  private final SimLinks links;
  private final double rate;
  private final double hasteRate;
  private final boolean mayLoseShards;
  private final List<SimNode> cutOff = new ArrayList<>();

  SimFaults(Simulation simulation) {
    this.simulation = simulation;
    this.time = simulation.time;
    this.links = simulation.links;
    this.rate = 0.15 * time.random.nextDouble();
    this.hasteRate = time.chance(0.3) ? 0.3 * time.random.nextDouble() : 0;
    this.mayLoseShards = simulation.authority instanceof SimRegisters && time.chance(0.5);
    time.after(500 * SimTime.MILLI, this::strike);
  }

  boolean isCutOff(SimNode node) {
    return cutOff.contains(node);
  }

  private void strike() {
    if (!simulation.isFaulty()) {
      return;
    }
    time.after(100 * SimTime.MILLI, this::strike);
    if (!time.chance(rate)) {
      return;
    }
    SimNode victim = anyMember();
    SimNode other = anyMember();
    switch (time.random.nextInt(16)) {
      case 0, 1 -> crash(victim);
      case 2, 3 -> pause(victim);
      case 4, 5, 6 -> breakLink(victim, other);
      case 7, 8 -> block(victim, other);
      case 9 -> cut(List.of(victim), time.between(200, 6_000));
      case 10 -> loseOrExpel(victim);
      case 11 -> slow();
      case 12 -> leave(victim);
      case 13 -> weigh(victim);
      default -> joinIfFew(time.chance(0.3) ? 2 : 1);
    }
  }

  private SimNode anyMember() {
    List<SimNode> members = simulation.members();
    return members.get(time.random.nextInt(members.size()));
  }

  private void joinIfFew(int count) {
    for (int i = 0; i < count && simulation.nodes.size() < NODES_MAX; i++) {
      SimNode node = simulation.join();
      time.trace(() -> node + " joins");
    }
  }

  private void leave(SimNode node) {
    boolean isOther = simulation.nodes.stream().anyMatch(one -> one.isLeaving && one.isMember);
    if (!isOther && node.isRunning() && simulation.holders().size() > MEMBERS_MIN) {
      simulation.authority.leave(node);
    }
  }

  private void weigh(SimNode node) {
    int weight = time.random.nextInt(5);
    if (weight > 0 || simulation.holders().size() > MEMBERS_MIN) {
      time.trace(() -> node + " weighs " + weight);
      simulation.authority.weigh(node, weight);
    }
  }

  private void crash(SimNode node) {
    if (mayGo(node, false)) {
      node.crash();
      simulation.authority.crashed(node);
    }
  }

  private void loseOrExpel(SimNode victim) {
    int shard = time.random.nextInt(simulation.shards);
    PlacementEntry entry = simulation.authority.committed(shard);
    if (!mayLoseShards || entry == null || entry.isLost()) {
      expel(victim, false);
      return;
    }
    // Its primary remains alone at first.
    for (NodeId id : entry.inSync()) {
      if (!id.equals(entry.primary())) {
        crash(simulation.node(id));
      }
    }
    SimNode primary = simulation.node(entry.primary());
    time.after(time.between(0, 3_000), () -> expel(primary, true));
  }

  private boolean mayGo(SimNode node, boolean isLossAllowed) {
    return mayLose(node, isLossAllowed) && simulation.authority.mayLose(node, isLossAllowed);
  }

  /** Whether every shard has another living copy, and enough nodes live on to hold them. */
  private boolean mayLose(SimNode node, boolean isLossAllowed) {
    long left = simulation.members().stream().filter(one -> one.isGoingOn() && one != node).count();
    boolean isHolderLeft =
        simulation.holders().stream().anyMatch(one -> one.isGoingOn() && one != node);
    boolean isSpare = left >= 2 && isHolderLeft && node.isGoingOn();
    for (int shard = 0; shard < simulation.shards && isSpare; shard++) {
      PlacementEntry entry = simulation.authority.committed(shard);
      isSpare =
          entry == null
              || isLossAllowed
              || !entry.inSync().contains(node.id)
              || entry.inSync().stream()
                  .anyMatch(one -> !one.equals(node.id) && simulation.node(one).isGoingOn());
    }
    return isSpare;
  }

  /** The cluster removes a node that lives on: alone, or after it has stood still. */
  private void expel(SimNode node, boolean isLossAllowed) {
    if (!mayGo(node, isLossAllowed)) {
      return;
    }
    SimNode mate = anyMember();
    node.isExpelled = true;
    if (time.chance(0.3)) {
      node.pause();
    } else if (mate != node && time.chance(0.5) && mayGo(mate, isLossAllowed)) {
      mate.isExpelled = true;
      cut(List.of(node, mate), Long.MAX_VALUE / 2);
      expelled(mate);
    } else {
      cut(List.of(node), Long.MAX_VALUE / 2);
    }
    expelled(node);
  }

  private void expelled(SimNode node) {
    time.trace(() -> node + " is to be expelled");
    long delay = simulation.authority.expelled(node) + time.between(0, 6_000);
    time.after(
        delay,
        () -> {
          node.resume();
          time.after(time.between(0, 3_000), () -> end(node));
        });
  }

  private void end(SimNode node) {
    if (!node.isDead) {
      node.crash();
      simulation.authority.crashed(node);
    }
  }

  private void pause(SimNode node) {
    if (node.isRunning() && !node.isExpelled) {
      node.pause();
      long most = time.chance(0.1) ? 30_000 : time.chance(0.5) ? 1_500 : 6_000;
      time.after(time.between(50, most), node::resume);
    }
  }

  /** A reign has begun: the worst moment for it to end. */
  void seatTaken(SimNode node, int shard) {
    if (simulation.isFaulty() && time.chance(hasteRate)) {
      long delay = time.between(0, time.chance(0.5) ? 5 : 40);
      int kind = time.random.nextInt(3);
      time.after(delay, () -> endReign(node, shard, kind));
    }
  }

  private void endReign(SimNode node, int shard, int kind) {
    switch (kind) {
      case 0 -> crash(node);
      case 1 -> pause(node);
      default -> simulation.authority.depose(shard);
    }
  }

  /** A copy is under way: the worst moment for its link to break. */
  void copying(SimNode source, SimNode target) {
    if (simulation.isFaulty() && time.chance(0.2 * hasteRate)) {
      time.after(time.between(0, 3), () -> breakLink(source, target));
    }
  }

  /** A copy is whole and its node about to be named: the worst moment not to hear of it. */
  void adding(PlacementEntry base) {
    if (simulation.isFaulty() && time.chance(0.5 * hasteRate)) {
      List<SimNode> named = base.inSync().stream().map(simulation::node).toList();
      time.after(time.between(0, 10), () -> cut(named, time.between(200, 6_000)));
    }
  }

  private void breakLink(SimNode one, SimNode other) {
    if (one != other) {
      time.trace(() -> "link breaks: " + one + " " + other);
      links.breakData(one, other, time.between(1, 300));
      links.breakControl(one, other);
    }
  }

  private void block(SimNode from, SimNode to) {
    if (from != to) {
      SimLinks.Lane lane = time.chance(0.5) ? SimLinks.Lane.DATA : SimLinks.Lane.CONTROL;
      time.trace(() -> "blocked: " + from + " to " + to + " " + lane);
      links.block(from, to, lane);
      time.after(time.between(100, 5_000), () -> links.unblock(from, to, lane));
    }
  }

  /** These have no link to any other, nor to the authority. */
  private void cut(List<SimNode> alone, long nanos) {
    if (alone.stream().anyMatch(cutOff::contains)) {
      return;
    }
    time.trace(() -> alone + " cut off");
    cutOff.addAll(alone);
    List<SimNode> others = simulation.nodes.stream().filter(one -> !alone.contains(one)).toList();
    for (SimNode node : alone) {
      others.forEach(other -> disconnect(node, other));
      time.after(nanos, () -> takeBack(node, others));
    }
  }

  private void takeBack(SimNode node, List<SimNode> others) {
    if (!node.isExpelled) {
      time.trace(() -> node + " is back");
      cutOff.remove(node);
      others.forEach(other -> reconnect(node, other));
    }
  }

  private void disconnect(SimNode node, SimNode other) {
    for (SimLinks.Lane lane : SimLinks.Lane.values()) {
      links.block(node, other, lane);
      links.block(other, node, lane);
    }
  }

  private void reconnect(SimNode node, SimNode other) {
    if (!other.isExpelled) {
      for (SimLinks.Lane lane : SimLinks.Lane.values()) {
        links.unblock(node, other, lane);
        links.unblock(other, node, lane);
      }
    }
  }

  private void slow() {
    links.slowness(1 + 50 * time.random.nextDouble());
    time.after(time.between(100, 3_000), () -> links.slowness(1));
  }

  void calm() {
    time.trace(() -> "calm");
    simulation.nodes.stream().filter(node -> node.isExpelled).forEach(this::end);
    cutOff.clear();
    links.slowness(1);
    simulation.authority.calm();
    for (SimNode node : simulation.nodes) {
      node.resume();
      for (SimNode other : simulation.nodes) {
        for (SimLinks.Lane lane : SimLinks.Lane.values()) {
          links.unblock(node, other, lane);
        }
      }
    }
  }

  /** A bit flips on the way, now and then. */
  ReplicaMessage perhapsDamaged(ReplicaMessage message) {
    boolean isChunk =
        message instanceof ReplicaMessage.Copy copy && copy.item() instanceof CopyItem.Chunk;
    if (!isChunk || !simulation.isFaulty() || !time.chance(0.02)) {
      return message;
    }
    ReplicaMessage.Copy copy = (ReplicaMessage.Copy) message;
    CopyItem.Chunk chunk = (CopyItem.Chunk) copy.item();
    if (chunk.entries() == 0) {
      return message;
    }
    byte[] packed = chunk.packed().clone();
    int at = time.random.nextInt(packed.length);
    packed[at] ^= 1;
    CopyItem damaged = new CopyItem.Chunk(chunk.map(), chunk.entries(), packed, chunk.crc());
    return new ReplicaMessage.Copy(
        copy.shard(),
        copy.seat(),
        copy.placement(),
        copy.stream(),
        copy.attempt(),
        copy.index(),
        damaged);
  }
}
