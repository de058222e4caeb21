package io.shardgrid.shard;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.Authority;
import io.shardgrid.placement.AuthorityPhase;
import io.shardgrid.placement.InSyncRequest;
import io.shardgrid.placement.NodeReport;
import io.shardgrid.placement.NodeReport.CopyReport;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.placement.PauseMark;
import io.shardgrid.placement.Placed;
import io.shardgrid.placement.PlacementSettings;
import io.shardgrid.placement.PlacementTable;
import io.shardgrid.placement.Register;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The placement as it is in the end: a register on every member, an authority on the oldest of
 * them, sometimes others that still believe in themselves, and a membership that each member learns
 * late.
 */
final class SimRegisters implements SimPlacement {

  private static final PlacementSettings SETTINGS =
      new PlacementSettings(
          8,
          3,
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          50,
          2,
          Duration.ofSeconds(2),
          Duration.ofSeconds(1));

  private final Simulation simulation;
  private final SimTime time;
  private final PlacementTable newest = new PlacementTable();
  private final Map<Long, PlacementEntry> byEpoch = new HashMap<>();

  /** What was written to any register, committed or not: the next authority may find it there. */
  private final Map<Long, PlacementEntry> proposed = new HashMap<>();

  private final SimMembership members;
  private final SimOperator operator;
  private final Map<SimNode, Member> of = new LinkedHashMap<>();
  private int authorities;
  private int lostSinceQuiet;
  private int membersAtQuiet;

  /** One node's part in it. */
  static final class Member {
    final Register register = new Register();
    @Nullable Authority authority;
    private @Nullable SimAuthorityEffects effects;
    private @Nullable SimNode authorityHost;
    private int authorityTerm;
  }

  SimRegisters(Simulation simulation) {
    this.simulation = simulation;
    this.time = simulation.time;
    this.members = new SimMembership(simulation, this::membersChanged);
    this.operator = new SimOperator(simulation, this, members);
  }

  private void membersChanged(SimNode node, List<MemberView> view) {
    Authority authority = member(node).authority;
    if (authority != null) {
      authority.membersChanged(view);
    }
  }

  @Override
  public @Nullable PlacementEntry committed(int shard) {
    return newest.entry(shard);
  }

  @Override
  public void joined(SimNode node) {
    of.put(node, new Member());
    members.join(node);
    node.schedule(time.nowNanos() + time.between(0, 500), () -> report(node));
    node.schedule(time.nowNanos() + time.between(0, 200), () -> suspect(node));
  }

  @Override
  public void found() {
    time.after(50 * SimTime.MILLI, this::elect);
  }

  /** The oldest member that runs has the authority; now and then another one believes so too. */
  private void elect() {
    time.after(time.between(100, 300), this::elect);
    noteQuiet();
    operator.step();
    List<SimNode> running =
        simulation.nodes.stream()
            .filter(node -> members.has(node) && node.isRunning())
            .filter(simulation::hearsAuthority)
            .toList();
    if (running.isEmpty()) {
      return;
    }
    startAuthority(running.get(0));
    if (simulation.isFaulty() && time.chance(0.01)) {
      startAuthority(running.get(time.random.nextInt(running.size())));
    }
    for (SimNode other : running.subList(1, running.size())) {
      if (member(other).authority != null && time.chance(simulation.isFaulty() ? 0.05 : 0.5)) {
        member(other).authority = null;
      }
    }
  }

  private void startAuthority(SimNode host) {
    Member member = member(host);
    if (member.authority != null || members.seenBy(host).isEmpty()) {
      return;
    }
    authorities++;
    SimAuthorityEffects effects = new SimAuthorityEffects(simulation, this, host);
    Authority authority = new Authority(authorities, simulation.charter, SETTINGS, effects);
    member.authority = authority;
    member.effects = effects;
    time.trace(() -> host + " starts an authority");
    authority.start(members.seenBy(host));
    tick(host, authority);
  }

  private void tick(SimNode host, Authority authority) {
    if (member(host).authority == authority) {
      authority.tick(host.nanos());
      host.schedule(time.nowNanos() + 50 * SimTime.MILLI, () -> tick(host, authority));
    }
  }

  /** Quiet: one authority that knows all there is and has nothing to do; nobody is to go. */
  private void noteQuiet() {
    int running = 0;
    boolean isQuiet = true;
    for (Map.Entry<SimNode, Member> one : of.entrySet()) {
      Authority authority = one.getValue().authority;
      boolean isMember = members.has(one.getKey());
      isQuiet &= !isMember || one.getKey().isGoingOn();
      if (authority != null && one.getKey().isRunning()) {
        running++;
        isQuiet &=
            authority.isIdle()
                && authority.phase() == AuthorityPhase.GOVERNING
                && members.isUpToDate(one.getKey());
      }
    }
    if (isQuiet && running == 1) {
      lostSinceQuiet = 0;
      membersAtQuiet = members.size();
    }
  }

  @Override
  public boolean mayLose(SimNode node, boolean isLossAllowed) {
    noteQuiet();
    int base = Math.min(membersAtQuiet, members.size());
    boolean mayLose =
        lostSinceQuiet < (base - 1) / 2
            && members.size() > 2
            && (isLossAllowed || isSparedByProposals(node));
    lostSinceQuiet += mayLose ? 1 : 0;
    return mayLose;
  }

  private boolean isSparedByProposals(SimNode node) {
    for (PlacementEntry entry : proposed.values()) {
      PlacementEntry now = newest.entry(entry.shard());
      boolean mayCome = now == null || entry.epoch() > now.epoch();
      boolean isLast =
          entry.inSync().contains(node.id)
              && entry.inSync().stream()
                  .allMatch(one -> one.equals(node.id) || !simulation.node(one).isGoingOn());
      if (mayCome && isLast) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void crashed(SimNode node) {
    member(node).authority = null;
    time.after(time.between(1_500, 6_000), () -> members.remove(node));
  }

  @Override
  public long expelled(SimNode node) {
    // At once if its port refuses connections, which is taken for a crash.
    long nanos = time.chance(0.5) ? time.between(50, 1_500) : time.between(1_500, 6_000);
    time.after(nanos, () -> members.remove(node));
    return nanos;
  }

  @Override
  public void leave(SimNode node) {
    if (members.isUp(node)) {
      time.trace(() -> node + " is to leave");
      node.isLeaving = true;
      members.set(node, Standing.LEAVING);
    }
  }

  @Override
  public void weigh(SimNode node, int weight) {
    node.weight = weight;
    members.weighed(node);
  }

  @Override
  public void depose(int shard) {
    // Only the authority names primaries here.
  }

  @Override
  public void calm() {
    for (SimNode node : simulation.nodes) {
      if (node.isDead) {
        members.remove(node);
      } else if (!node.isLeaving) {
        members.set(node, Standing.UP);
      }
    }
  }

  @Override
  public void request(SimNode from, PlacementEntry base, NodeId node, boolean isAddition) {
    InSyncRequest request = new InSyncRequest(base.shard(), base.epoch(), node, isAddition);
    toAuthority(from, authority -> authority.requested(List.of(request)));
  }

  private void report(SimNode node) {
    List<SeatReport> seats = new ArrayList<>();
    for (int shard = 0; shard < simulation.shards; shard++) {
      ShardReplica replica = node.replicas.get(shard);
      PrimarySide primary = replica.primary();
      if (primary != null) {
        List<CopyReport> copies =
            primary.copies().all().stream()
                .map(CopySource::filling)
                .map(
                    copy ->
                        new CopyReport(
                            copy.target(),
                            copy.state(),
                            copy.bytesSent(),
                            copy.digest(),
                            copy.end()))
                .toList();
        seats.add(new SeatReport(shard, replica.state().seat, 0, copies));
      }
    }
    NodeReport.Own own = new NodeReport.Own(node.id, node.weight, PauseMark.NONE, 1);
    NodeReport report = new NodeReport(own, seats, List.of());
    SimNode host = member(node).authorityHost;
    toAuthority(
        node,
        authority -> {
          if (host != null) {
            authority.reported(report, host.nanos());
          }
        });
    node.schedule(time.nowNanos() + time.between(200, 500), () -> report(node));
  }

  /** A process that is gone refuses connections; one that stands still does not. */
  private void suspect(SimNode node) {
    SimNode host = member(node).authorityHost;
    for (SimNode other : simulation.nodes) {
      boolean isRefused = other.isDead && members.has(other);
      boolean isFalse = simulation.isFaulty() && time.chance(0.002);
      if (host != null && (isRefused || isFalse) && other != node) {
        toAuthority(node, authority -> authority.suspected(node.id, other.id, host.nanos()));
      }
    }
    if (simulation.isFaulty() && time.chance(0.01)) {
      members.detect();
    }
    node.schedule(time.nowNanos() + 200 * SimTime.MILLI, () -> suspect(node));
  }

  private void toAuthority(SimNode from, Consumer<Authority> input) {
    SimNode host = member(from).authorityHost;
    if (host == null || !from.isMember) {
      return;
    }
    simulation.links.send(
        from,
        host,
        SimLinks.Lane.CONTROL,
        () -> {
          Authority authority = member(host).authority;
          if (authority != null) {
            input.accept(authority);
          }
        });
  }

  void placed(SimNode node, SimNode host, Placed placed) {
    Member member = member(node);
    if (placed.term() < member.authorityTerm || !members.has(node)) {
      return;
    }
    member.authorityTerm = placed.term();
    member.authorityHost = host;
    placed.entries().forEach(node::placed);
    toAuthority(
        node,
        authority -> authority.placedAcknowledged(node.id, placed.term(), placed.highestEpoch()));
  }

  Member member(SimNode node) {
    Member member = of.get(node);
    if (member == null) {
      throw new IllegalStateException("not a node of this simulation: " + node);
    }
    return member;
  }

  void proposed(List<PlacementEntry> entries) {
    entries.forEach(entry -> proposed.put(entry.epoch(), entry));
  }

  void committed(SimNode host, PlacementEntry entry) {
    time.trace(() -> host + " commits " + entry);
    PlacementEntry same = byEpoch.putIfAbsent(entry.epoch(), entry);
    if (same != null && !same.equals(entry)) {
      throw new SimViolation("I1 two entries with one epoch: " + entry + " " + same);
    }
    PlacementEntry before = newest.entry(entry.shard());
    if (newest.merge(entry)) {
      operator.committed(before, entry);
    }
  }

  void ended(SimNode host, SimAuthorityEffects effects) {
    Member member = member(host);
    if (member.effects == effects) {
      member.authority = null;
    }
  }

  @Override
  public void checkAtRest() {
    int governing = 0;
    for (Member member : of.values()) {
      Authority authority = member.authority;
      boolean governs = authority != null && authority.phase() == AuthorityPhase.GOVERNING;
      governing += governs ? 1 : 0;
    }
    if (governing != 1) {
      throw new SimViolation("I8 not one authority: " + governing);
    }
  }
}
