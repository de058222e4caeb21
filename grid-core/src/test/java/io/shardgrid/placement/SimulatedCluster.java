package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole cluster in one thread: members that come, go, crash, pause and are cut off, and the
 * authorities on them, sometimes two at once. Everything follows from the seed.
 *
 * <p>Losses stay within what the protocol assumes: of the members at the last moment when nothing
 * was going on, a majority is always still there.
 */
final class SimulatedCluster {

  private static final long FAULTS_END = 25_000;
  private static final long CALM_MILLIS = 20_000;
  private static final int SHARDS = 12;
  private static final int MEMBERS_MAX = 8;

  final CommitLedger ledger = new CommitLedger();

  private final SimulatedNetwork network;
  private final Map<NodeId, SimulatedNode> nodes = new LinkedHashMap<>();
  private final SimulatedMembership membership;
  private final PlacementSettings settings;
  private final int expect;
  private final int backups;
  private final double faultRate;
  private final double joinShare;
  private int membersAtQuiet = 1;
  private int lostSinceQuiet;
  private int authorities;

  SimulatedCluster(SimulatedNetwork network) {
    this.network = network;
    this.membership = new SimulatedMembership(network, nodes);
    this.expect = 1 + network.random.nextInt(5);
    this.faultRate = network.random.nextDouble() * 0.12;
    this.joinShare = network.random.nextDouble() * 0.5;
    this.backups = network.random.nextInt(3);
    this.settings =
        new PlacementSettings(
            8,
            expect,
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            20,
            4,
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));
    int founders = expect + network.random.nextInt(3);
    for (int i = 0; i < founders; i++) {
      network.after(network.random.nextInt(3_000), this::join);
    }
    network.after(50, this::elect);
    network.after(100, this::strike);
    network.after(100, this::keep);
  }

  /** Runs the faults, then the calm, and checks how it ends. */
  void run() {
    network.runUntil(FAULTS_END);
    calm();
    network.runUntil(FAULTS_END + CALM_MILLIS);
    new CalmCluster(membership.inOrder(), ledger, SHARDS, backups).check();
  }

  Collection<SimulatedNode> nodes() {
    return nodes.values();
  }

  @Nullable SimulatedNode node(@Nullable NodeId id) {
    return id == null ? null : nodes.get(id);
  }

  boolean isFaulty() {
    return network.nowMillis() < FAULTS_END;
  }

  private void join() {
    if (membership.size() >= MEMBERS_MAX) {
      return;
    }
    if (membership.size() > 0 && !membership.isSeenByAll()) {
      network.after(200, this::join);
      return;
    }
    SimulatedNode node = new SimulatedNode(nodes.size() + 1, this, network);
    nodes.put(node.id, node);
    membership.set(node, Standing.JOINING);
    node.learnMembers(membership.version(), membership.now());
    network.after(100, () -> promoteToUp(node));
  }

  private void promoteToUp(SimulatedNode node) {
    if (!membership.has(node)) {
      return;
    }
    if (membership.isSeenByAll()) {
      membership.set(node, Standing.UP);
    } else {
      network.after(200, () -> promoteToUp(node));
    }
  }

  /** Every so often: the oldest member that runs gets an authority if it has none. */
  private void elect() {
    network.after(300, this::elect);
    List<SimulatedNode> running =
        membership.inOrder().stream().filter(SimulatedNode::isRunning).toList();
    if (running.isEmpty()) {
      return;
    }
    startAuthority(running.get(0));
    boolean isCalm = network.nowMillis() >= FAULTS_END;
    if (!isCalm && network.chance(0.02)) {
      startAuthority(running.get(network.random.nextInt(running.size())));
    }
    for (SimulatedNode rogue : running.subList(1, running.size())) {
      if (rogue.authority != null && network.chance(isCalm ? 0.5 : 0.02)) {
        rogue.authority = null;
      }
    }
  }

  private void startAuthority(SimulatedNode host) {
    if (host.authority != null || host.view.isEmpty()) {
      return;
    }
    authorities++;
    long number = authorities;
    Charter wanted = new Charter("sim", SHARDS, backups, number);
    SimulatedEffects effects = new SimulatedEffects(host, this, network);
    Authority authority = new Authority(number, wanted, settings, effects);
    effects.serve(authority);
    network.trace(() -> host.self.name() + " starts authority " + number);
    host.authority = authority;
    authority.start(host.view);
  }

  /** Every so often somebody has an authority keep a memo, perhaps one that was replaced. */
  private void keep() {
    network.after(100 + network.random.nextInt(400), this::keep);
    for (SimulatedNode node : nodes.values()) {
      if (node.isRunning() && node.authority != null && network.chance(0.5)) {
        Memos memos = node.authority.memos();
        if (memos != null) {
          memos.keep(memos.last().stamp(), CommitLedger.memoAfter(memos.last()));
        }
      }
    }
  }

  private void strike() {
    if (network.nowMillis() >= FAULTS_END) {
      return;
    }
    network.after(100, this::strike);
    noteQuiet();
    List<SimulatedNode> members = membership.inOrder();
    if (members.isEmpty() || !network.chance(faultRate)) {
      return;
    }
    SimulatedNode victim = members.get(network.random.nextInt(members.size()));
    if (network.chance(joinShare)) {
      joinOneOrTwo();
      return;
    }
    switch (network.random.nextInt(4)) {
      case 0 -> crash(victim);
      case 1 -> pause(victim);
      case 2 -> cut(victim);
      default -> leave(victim);
    }
  }

  private void joinOneOrTwo() {
    join();
    if (network.chance(0.4)) {
      join();
    }
  }

  private void crash(SimulatedNode node) {
    if (node.isRunning() && mayLose()) {
      lostSinceQuiet++;
      node.isDead = true;
      network.trace(() -> node.self.name() + " crashes");
      network.after(300 + network.random.nextInt(3_000), () -> membership.remove(node));
    }
  }

  private void pause(SimulatedNode node) {
    if (node.isRunning()) {
      node.isPaused = true;
      network.trace(() -> node.self.name() + " pauses");
      silence(node, () -> resume(node));
    }
  }

  private void resume(SimulatedNode node) {
    if (node.isPaused) {
      network.trace(() -> node.self.name() + " resumes");
      node.resume();
    }
  }

  private void cut(SimulatedNode node) {
    if (node.isRunning() && !node.isCut) {
      node.isCut = true;
      network.trace(() -> node.self.name() + " is cut off");
      silence(node, () -> node.isCut = false);
    }
  }

  /** A member is not heard for a while; then it is back, or removed and yet alive. */
  private void silence(SimulatedNode node, Runnable end) {
    Standing before = membership.standing(node);
    boolean isNoticed = before == Standing.UP && network.chance(0.7);
    if (isNoticed) {
      membership.set(node, Standing.UNREACHABLE);
    }
    network.after(
        300 + network.random.nextInt(5_000),
        () -> {
          boolean isStillMember = membership.has(node) && !node.isDead;
          if (isStillMember
              && network.nowMillis() < FAULTS_END
              && mayLose()
              && network.chance(0.5)) {
            lostSinceQuiet++;
            membership.remove(node);
          } else if (isStillMember && isNoticed) {
            membership.set(node, Standing.UP);
          }
        });
    network.after(300 + network.random.nextInt(8_000), end);
  }

  private void leave(SimulatedNode node) {
    if (membership.standing(node) == Standing.UP && membership.isSeenByAll() && mayLose()) {
      membership.set(node, Standing.LEAVING);
      network.after(
          3_000 + network.random.nextInt(3_000),
          () -> {
            if (membership.has(node) && !node.isDead && mayLose()) {
              lostSinceQuiet++;
              membership.remove(node);
              node.isDead = true;
            }
          });
    }
  }

  private boolean mayLose() {
    noteQuiet();
    int base = Math.min(membersAtQuiet, membership.size());
    return membership.size() > 1 && lostSinceQuiet < (base - 1) / 2;
  }

  /** Quiet: one authority, up to date, with nothing to do; the dead are removed. */
  private void noteQuiet() {
    List<Authority> running = new ArrayList<>();
    boolean isUpToDate = true;
    for (SimulatedNode node : membership.inOrder()) {
      isUpToDate &= !node.isDead;
      if (node.authority != null) {
        running.add(node.authority);
        isUpToDate &= node.viewVersion == membership.version();
      }
    }
    boolean isQuiet =
        running.size() == 1
            && running.get(0).isIdle()
            && (running.get(0).phase() == AuthorityPhase.GOVERNING || ledger.isEmpty());
    if (isQuiet && isUpToDate) {
      membersAtQuiet = membership.size();
      lostSinceQuiet = 0;
    }
  }

  private void calm() {
    network.trace(() -> "calm");
    network.heal();
    for (SimulatedNode node : nodes.values()) {
      resume(node);
      node.isCut = false;
      node.isDead |= node.isRemoved;
    }
    network.after(
        5_000,
        () -> {
          for (SimulatedNode node : membership.inOrder()) {
            if (membership.standing(node) == Standing.UNREACHABLE) {
              membership.set(node, Standing.UP);
            }
          }
        });
  }
}
