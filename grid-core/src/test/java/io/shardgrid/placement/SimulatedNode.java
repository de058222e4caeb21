package io.shardgrid.placement;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.NodeReport.SeatReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A member: its register, its shards, and the authority that runs on it, if one does. */
final class SimulatedNode {

  static final long TICK_MILLIS = 100;

  final NodeId id;
  final MemberView self;
  final Register register = new Register();
  final PlacementTable known = new PlacementTable();

  /** The seats in which this node acts, by shard. */
  final Map<Integer, Long> seats = new TreeMap<>();

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

  /** Where the authority is that this node listens to. */
  private @Nullable SimulatedNode authorityHost;

  private int authorityTerm;
  private PauseMark pause = PauseMark.NONE;

  SimulatedNode(int number, SimulatedCluster cluster, SimulatedNetwork network) {
    this.cluster = cluster;
    this.network = network;
    this.id = new NodeId("10.0.0." + number, 10171, 7_000 + number);
    String zone = "zone" + number % 3;
    int weight = network.random.nextInt(8) == 0 ? 2 : network.random.nextInt(12) == 0 ? 0 : 1;
    this.self = new MemberView(id, "n" + number, zone, weight, 1, 0, 0, Standing.JOINING);
    network.after(network.random.nextInt((int) TICK_MILLIS), this::tick);
  }

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
    if (placed.term() < authorityTerm) {
      return;
    }
    authorityTerm = placed.term();
    authorityHost = from;
    known.merge(placed.entries()).forEach(this::onNews);
    long epoch = placed.highestEpoch();
    toAuthority(there -> there.placedAcknowledged(id, placed.term(), epoch));
  }

  private void onNews(PlacementEntry entry) {
    if (id.equals(entry.primary())) {
      seats.put(entry.shard(), entry.seat());
    } else {
      seats.remove(entry.shard());
    }
  }

  /** The last word on pauses that it was told. */
  void remember(PauseMark said) {
    pause = said.isNewerThan(pause) ? said : pause;
  }

  /** Is asked to fill a learner: it takes a while, or fails. */
  void copyTo(int shard, long seat, NodeId target) {
    Long own = seats.get(shard);
    if (own == null || own != seat || network.chance(0.1)) {
      return;
    }
    network.after(network.random.nextInt(800), () -> ask(shard, target, true));
  }

  private void ask(int shard, NodeId node, boolean isAddition) {
    PlacementEntry entry = known.entry(shard);
    if (isRunning() && entry != null && seats.containsKey(shard)) {
      InSyncRequest request = new InSyncRequest(shard, entry.epoch(), node, isAddition);
      toAuthority(there -> there.requested(List.of(request)));
    }
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
    List<SeatReport> reports = new ArrayList<>();
    seats.forEach((shard, seat) -> reports.add(new SeatReport(shard, seat, 0, List.of())));
    NodeReport.Own own = new NodeReport.Own(id, self.weight(), pause, 1);
    NodeReport report = new NodeReport(own, reports, List.of());
    toAuthority(there -> there.reported(report, network.nowNanos()));
    if (cluster.isFaulty()) {
      List.copyOf(seats.keySet()).forEach(this::perhapsMissBackup);
      cluster.nodes().forEach(this::perhapsSuspect);
    }
  }

  private void perhapsMissBackup(int shard) {
    PlacementEntry entry = known.entry(shard);
    if (entry != null && network.chance(0.002)) {
      entry.inSync().stream()
          .filter(node -> !node.equals(id))
          .findFirst()
          .ifPresent(node -> ask(shard, node, false));
    }
  }

  private void perhapsSuspect(SimulatedNode other) {
    if (network.chance(other.isDead ? 0.5 : 0.002)) {
      toAuthority(there -> there.suspected(id, other.id, network.nowNanos()));
    }
  }

  /** Whatever authority is there when the message arrives gets it. */
  private void toAuthority(Consumer<Authority> input) {
    SimulatedNode host = authorityHost;
    if (host != null) {
      network.send(
          this,
          host,
          () -> {
            if (host.authority != null) {
              input.accept(host.authority);
            }
          });
    }
  }
}
