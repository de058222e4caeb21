package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Charter;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.RouterSettings;
import io.shardgrid.wire.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole cluster in one thread: replicas, routers and callers on nodes that crash, stand still,
 * are cut off and come back, on clocks that drift. Everything follows from the seed.
 */
final class Simulation {

  static final Duration LEASE = Duration.ofSeconds(1);

  private static final long FAULTS_END = 20_000 * SimTime.MILLI;
  private static final long CALLS_END = 28_000 * SimTime.MILLI;
  private static final long END = 38_000 * SimTime.MILLI;

  final SimTime time;
  final SimLinks links;
  final SimRules rules;
  final SimStores stores;
  final GodView god;
  final SimHandOvers handOvers = new SimHandOvers();
  final SimPlacement authority;
  final SimCallers callers;
  final SimFaults faults;
  final int shards;
  final long timeoutNanos;
  final Charter charter;
  final ReplicationSettings settings;
  final ReplicaSettings bounds;
  final RouterSettings routing;
  final MapsSettings maps;
  final List<SimNode> nodes = new ArrayList<>();

  private final Set<Integer> lost = new HashSet<>();

  Simulation(long seed, boolean isTracing) {
    this.time = new SimTime(seed, isTracing);
    this.shards = 1 + time.random.nextInt(3);
    this.charter = new Charter("sim", shards, 1 + time.random.nextInt(2), seed);
    boolean isImpatient = time.chance(0.3);
    this.timeoutNanos = (isImpatient ? 1_000 : 5_000) * SimTime.MILLI;
    this.settings = replication();
    this.bounds = bounds(isImpatient);
    this.routing =
        new RouterSettings(
            Duration.ofNanos(timeoutNanos),
            64,
            512,
            1 << 20,
            1 << 20,
            Duration.ofMillis(5),
            Duration.ofMillis(100));
    this.maps = SimFadingCalls.maps(shards, time.random);
    this.links = new SimLinks(time);
    this.rules = new SimRules(time);
    this.stores = new SimStores(this);
    this.god = new GodView(this);
    this.authority = time.chance(0.5) ? new SimAuthority(this) : new SimRegisters(this);
    this.callers = new SimCallers(this);
    this.faults = new SimFaults(this);
    int count = 3 + time.random.nextInt(3);
    for (int i = 0; i < count; i++) {
      join();
    }
    authority.found();
  }

  private ReplicationSettings replication() {
    return new ReplicationSettings(
        LEASE,
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        LEASE.multipliedBy(1 + time.random.nextInt(6)),
        1 << 19,
        200,
        1 << (7 + time.random.nextInt(6)),
        1 << (4 + time.random.nextInt(6)),
        1 + time.random.nextInt(4),
        1 << (15 + time.random.nextInt(6)),
        null,
        1 << 18,
        new ReplicationSettings.Exporting(2, LEASE.multipliedBy(4), 1 << 17));
  }

  /** Impatient clients are soon forgotten, too. */
  private static ReplicaSettings bounds(boolean isImpatient) {
    Duration silence = isImpatient ? Duration.ofSeconds(1) : Duration.ofMinutes(10);
    return new ReplicaSettings(64, 1 << 16, 256, 1 << 16, 64, silence, 8, 100, 1 << 16, 16, 16);
  }

  /** Runs the faults, then the calm, and checks how it ends. */
  void run() {
    time.runUntil(FAULTS_END);
    faults.calm();
    time.runUntil(END);
    callers.checkAllEnded();
    handOvers.checkAllEnded();
    for (int shard = 0; shard < shards; shard++) {
      settle(committed(shard));
      checkAtRest(committed(shard));
    }
    stores.checkAtRest();
    authority.checkAtRest();
    checkNobodyIsLeaving();
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

  /** The nodes that are to hold data. */
  List<SimNode> holders() {
    return nodes.stream().filter(one -> one.isMember && !one.isLeaving && one.weight > 0).toList();
  }

  int wantedCopies() {
    return Math.min(charter.backups() + 1, holders().size());
  }

  /** All copies of the shard were lost once: what callers saw of it needs no explanation. */
  boolean isLost(int shard) {
    return lost.contains(shard);
  }

  void lost(int shard) {
    time.trace(() -> "lost: shard " + shard);
    lost.add(shard);
  }

  /** Whether an answer says no more than that the shard is lost. */
  boolean isOfLost(Answer answer, int shard) {
    boolean isLoss =
        answer instanceof Answer.Failed failed && failed.code() == FailureCode.SHARD_LOST;
    if (answer.kind() == Answer.Kind.FAILED && !(isLoss && isLost(shard))) {
      throw new SimViolation("an operation failed: " + answer);
    }
    return isLoss;
  }

  /** The lowest wall time of all nodes. */
  long wallMin() {
    long least = nodes.isEmpty() ? 0 : Long.MAX_VALUE;
    for (SimNode node : nodes) {
      least = Math.min(least, node.wall());
    }
    return least;
  }

  long wallMax() {
    long most = 0;
    for (SimNode node : nodes) {
      most = Math.max(most, node.wall());
    }
    return most;
  }

  @Nullable SimNode anyOther(Collection<NodeId> than) {
    List<SimNode> others =
        holders().stream().filter(node -> node.isRunning() && !than.contains(node.id)).toList();
    return others.isEmpty() ? null : others.get(time.random.nextInt(others.size()));
  }

  boolean hearsAuthority(SimNode node) {
    return !faults.isCutOff(node);
  }

  SimNode join() {
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

  private void checkNobodyIsLeaving() {
    for (SimNode node : nodes) {
      if (node.isLeaving && !node.isDead) {
        throw new SimViolation("I8 a node does not get away: " + node);
      }
    }
  }

  /** The acting primary of a shard at rest. */
  ShardReplica primaryOf(int shard) {
    return node(committed(shard).primary()).replicas.get(shard);
  }

  private PlacementEntry committed(int shard) {
    PlacementEntry entry = authority.committed(shard);
    if (entry == null || entry.isLost()) {
      throw new SimViolation("I8 a shard has no place: " + shard + ", " + entry);
    }
    return entry;
  }

  private void checkAtRest(PlacementEntry entry) {
    if (entry.inSync().size() != wantedCopies()) {
      throw new SimViolation("I8 not enough copies: " + entry);
    }
    if (node(requireNonNull(entry.primary())).replicas.get(entry.shard()).primary() == null) {
      throw new SimViolation("I8 nobody serves: " + entry);
    }
    if (!areEqual(entry)) {
      throw new SimViolation("I5 replicas differ at rest: " + entry);
    }
  }

  /** Entries expire and clients are forgotten at rest, too: the last of that may be on its way. */
  private void settle(PlacementEntry entry) {
    for (int i = 0; i < 20 && !areEqual(entry); i++) {
      time.runUntil(time.nowNanos() + 50 * SimTime.MILLI);
    }
  }

  private boolean areEqual(PlacementEntry entry) {
    ReplicaState primary = state(entry, requireNonNull(entry.primary()));
    for (NodeId member : entry.inSync()) {
      ReplicaState state = state(entry, member);
      boolean isEqual =
          state.store.sequence() == primary.store.sequence()
              && state.store.digest().equals(primary.store.digest())
              && remembered(state).equals(remembered(primary));
      if (!isEqual) {
        return false;
      }
    }
    return true;
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
