package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.RouterSettings;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.replica.CopyItem;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole cluster in one thread: replicas, routers and callers on nodes that crash, stand still,
 * are cut off and come back, on clocks that drift. Everything follows from the seed.
 */
final class Simulation {

  static final long TIMEOUT_NANOS = 5_000 * SimTime.MILLI;
  static final RouterSettings ROUTER =
      new RouterSettings(
          Duration.ofSeconds(5),
          64,
          512,
          1 << 20,
          1 << 20,
          Duration.ofMillis(5),
          Duration.ofMillis(100));
  static final ReplicaSettings BOUNDS =
      new ReplicaSettings(
          64, 1 << 16, 256, 1 << 16, 64, Duration.ofMinutes(10), 8, 100, 1 << 16, 16, 16);

  private static final long FAULTS_END = 20_000 * SimTime.MILLI;
  private static final long CALLS_END = 28_000 * SimTime.MILLI;
  private static final long END = 38_000 * SimTime.MILLI;
  private static final int NODES_MAX = 9;

  final SimTime time;
  final SimLinks links;
  final GodView god;
  final SimPlacement authority;
  final SimCallers callers;
  final int shards;
  final Charter charter;
  final ReplicationSettings settings;
  final List<SimNode> nodes = new ArrayList<>();

  private final double faultRate;
  private final double hasteRate;
  private final List<SimNode> cutOff = new ArrayList<>();

  Simulation(long seed, boolean isTracing) {
    this.time = new SimTime(seed, isTracing);
    this.shards = 1 + time.random.nextInt(3);
    this.charter = new Charter("sim", shards, 1 + time.random.nextInt(2), seed);
    this.settings =
        new ReplicationSettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            1 << 19,
            200,
            1 << (7 + time.random.nextInt(6)),
            1 << (4 + time.random.nextInt(6)),
            1 + time.random.nextInt(4),
            1 << (15 + time.random.nextInt(6)),
            1 << 18);
    this.faultRate = 0.15 * time.random.nextDouble();
    this.hasteRate = time.chance(0.3) ? 0.3 * time.random.nextDouble() : 0;
    this.links = new SimLinks(time);
    this.god = new GodView(this);
    this.authority = time.chance(0.5) ? new SimAuthority(this) : new SimRegisters(this);
    this.callers = new SimCallers(this);
    int count = 3 + time.random.nextInt(3);
    for (int i = 0; i < count; i++) {
      join();
    }
    authority.found();
    time.after(500 * SimTime.MILLI, this::strike);
  }

  /** Runs the faults, then the calm, and checks how it ends. */
  void run() {
    time.runUntil(FAULTS_END);
    calm();
    time.runUntil(END);
    callers.checkAllEnded();
    for (int shard = 0; shard < shards; shard++) {
      checkAtRest(committed(shard));
    }
    authority.checkAtRest();
    callers.check(this::finalValue);
  }

  static double seconds() {
    return END / 1e9;
  }

  boolean isFaulty() {
    return time.nowNanos() < FAULTS_END;
  }

  boolean isOver() {
    return time.nowNanos() >= CALLS_END;
  }

  List<SimNode> members() {
    return nodes.stream().filter(node -> node.isMember).toList();
  }

  SimNode node(@Nullable NodeId id) {
    return nodes.get(requireNonNull(id).port() - 1);
  }

  int wantedCopies() {
    return Math.min(charter.backups() + 1, members().size());
  }

  @Nullable SimNode anyOther(Collection<NodeId> than) {
    List<SimNode> others =
        members().stream().filter(node -> node.isRunning() && !than.contains(node.id)).toList();
    return others.isEmpty() ? null : others.get(time.random.nextInt(others.size()));
  }

  boolean hearsAuthority(SimNode node) {
    return !cutOff.contains(node);
  }

  /** A bit flips on the way, now and then. */
  ReplicaMessage perhapsDamaged(ReplicaMessage message) {
    boolean isChunk =
        message instanceof ReplicaMessage.Copy copy && copy.item() instanceof CopyItem.Chunk;
    if (!isChunk || !isFaulty() || !time.chance(0.02)) {
      return message;
    }
    ReplicaMessage.Copy copy = (ReplicaMessage.Copy) message;
    CopyItem.Chunk chunk = (CopyItem.Chunk) copy.item();
    List<Answer.Item> entries = new ArrayList<>(chunk.entries());
    if (entries.isEmpty()) {
      return message;
    }
    Answer.Item first = entries.get(0);
    byte[] value = requireNonNull(first.value()).clone();
    value[0] ^= 1;
    entries.set(0, new Answer.Item(first.key(), value, first.version(), first.deadlineMillis()));
    CopyItem damaged = new CopyItem.Chunk(chunk.map(), entries, chunk.crc());
    return new ReplicaMessage.Copy(
        copy.shard(),
        copy.seat(),
        copy.placement(),
        copy.stream(),
        copy.attempt(),
        copy.index(),
        damaged);
  }

  private SimNode join() {
    SimNode node = new SimNode(nodes.size() + 1, this);
    nodes.add(node);
    for (SimNode other : nodes) {
      if (!other.isDead) {
        node.wayOpened(other);
        other.wayOpened(node);
      }
    }
    callers.start(node);
    authority.joined(node);
    return node;
  }

  private void strike() {
    if (!isFaulty()) {
      return;
    }
    time.after(100 * SimTime.MILLI, this::strike);
    List<SimNode> members = members();
    if (!time.chance(faultRate)) {
      return;
    }
    SimNode victim = members.get(time.random.nextInt(members.size()));
    SimNode other = members.get(time.random.nextInt(members.size()));
    switch (time.random.nextInt(8)) {
      case 0 -> crash(victim);
      case 1 -> pause(victim);
      case 2, 3 -> breakLink(victim, other);
      case 4 -> block(victim, other);
      case 5 -> cut(victim);
      case 6 -> slow();
      default -> joinIfFew();
    }
  }

  private void joinIfFew() {
    if (nodes.size() < NODES_MAX) {
      SimNode node = join();
      time.trace(() -> node + " joins");
    }
  }

  private void crash(SimNode node) {
    if (mayLose(node) && authority.mayLose(node)) {
      node.crash();
      authority.crashed(node);
    }
  }

  /** Whether every shard has another living copy, and a majority of the nodes lives on. */
  boolean mayLose(SimNode node) {
    long left = members().stream().filter(one -> !one.isDead && one != node).count();
    boolean isSpare = left >= 2 && !node.isDead;
    for (int shard = 0; shard < shards && isSpare; shard++) {
      PlacementEntry entry = authority.committed(shard);
      isSpare =
          entry == null
              || !entry.inSync().contains(node.id)
              || entry.inSync().stream().anyMatch(one -> !one.equals(node.id) && !node(one).isDead);
    }
    return isSpare;
  }

  private void pause(SimNode node) {
    if (node.isRunning()) {
      node.pause();
      long most = time.chance(0.1) ? 30_000 : time.chance(0.5) ? 1_500 : 6_000;
      time.after(time.between(50, most), node::resume);
    }
  }

  /** A reign has begun: the worst moment for it to end. */
  void seatTaken(SimNode node) {
    if (isFaulty() && time.chance(hasteRate)) {
      long delay = time.between(0, time.chance(0.5) ? 5 : 40);
      boolean isCrash = time.chance(0.5);
      time.after(delay, () -> endReign(node, isCrash));
    }
  }

  private void endReign(SimNode node, boolean isCrash) {
    if (isCrash) {
      crash(node);
    } else {
      pause(node);
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

  /** One node is alone: no link to any other, nor to the authority. */
  private void cut(SimNode node) {
    if (cutOff.contains(node)) {
      return;
    }
    time.trace(() -> node + " is cut off");
    cutOff.add(node);
    List<SimNode> others = nodes.stream().filter(other -> other != node).toList();
    for (SimNode other : others) {
      for (SimLinks.Lane lane : SimLinks.Lane.values()) {
        links.block(node, other, lane);
        links.block(other, node, lane);
      }
    }
    time.after(
        time.between(200, 6_000),
        () -> {
          time.trace(() -> node + " is back");
          cutOff.remove(node);
          for (SimNode other : others) {
            for (SimLinks.Lane lane : SimLinks.Lane.values()) {
              links.unblock(node, other, lane);
              links.unblock(other, node, lane);
            }
          }
        });
  }

  private void slow() {
    links.slowness(1 + 50 * time.random.nextDouble());
    time.after(time.between(100, 3_000), () -> links.slowness(1));
  }

  private void calm() {
    time.trace(() -> "calm");
    cutOff.clear();
    links.slowness(1);
    authority.calm();
    for (SimNode node : nodes) {
      node.resume();
      for (SimNode other : nodes) {
        for (SimLinks.Lane lane : SimLinks.Lane.values()) {
          links.unblock(node, other, lane);
        }
      }
    }
  }

  private PlacementEntry committed(int shard) {
    PlacementEntry entry = authority.committed(shard);
    if (entry == null) {
      throw new SimViolation("I8 a shard was never placed: " + shard);
    }
    return entry;
  }

  private void checkAtRest(PlacementEntry entry) {
    if (entry.inSync().size() != wantedCopies()) {
      throw new SimViolation("I8 not enough copies: " + entry);
    }
    ReplicaState primary = state(entry, requireNonNull(entry.primary()));
    if (node(entry.primary()).replicas.get(entry.shard()).primary() == null) {
      throw new SimViolation("I8 nobody serves: " + entry);
    }
    for (NodeId member : entry.inSync()) {
      ReplicaState state = state(entry, member);
      boolean isEqual =
          state.store.sequence() == primary.store.sequence()
              && state.store.digest().equals(primary.store.digest())
              && remembered(state).equals(remembered(primary));
      if (!isEqual) {
        throw new SimViolation("I5 replicas differ at rest: " + entry + ", member=" + member);
      }
    }
  }

  private static List<List<Object>> remembered(ReplicaState state) {
    return state.store.answers().snapshot().stream()
        .map(one -> List.<Object>of(one.client(), one.doneBelow(), one.seqs(), one.answers()))
        .toList();
  }

  private ReplicaState state(PlacementEntry entry, NodeId node) {
    return node(node).replicas.get(entry.shard()).state();
  }

  private byte @Nullable [] finalValue(int shard, String name, byte[] key) {
    PlacementEntry entry = committed(shard);
    BucketMap map = state(entry, requireNonNull(entry.primary())).store.maps().find(name);
    return map == null ? null : map.get(key);
  }
}
