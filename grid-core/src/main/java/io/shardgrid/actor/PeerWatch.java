package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.placement.Suspicions;
import io.shardgrid.shard.MemberEchoes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/**
 * Watches the other members: who answers this node, which primaries without backups depend on, and
 * whose port has begun to refuse connections, which is evidence of a crash. Of a crash that a
 * majority has evidence of, the authority hears at once, and the cluster is told to do without that
 * member.
 *
 * <p>State: members and suspicions, confined to this actor.
 */
final class PeerWatch extends AbstractBehavior<PeerWatch.Command> {

  /** Everything the watch understands. */
  sealed interface Command {}

  /** Asks for an {@link Echo}; a node that is no member here gets none. */
  record Ping(NodeId from, long sentNanos) implements Command, ControlMessage {}

  /** A member's answer to a {@link Ping}. */
  record Echo(NodeId from, long sentNanos) implements Command, ControlMessage {}

  /** Another member's port refuses connections, as one member sees it. */
  record Suspected(NodeId from, NodeId suspect) implements Command, ControlMessage {}

  /** These are the members. */
  record Members(List<MemberView> members) implements Command {}

  /** The port of a member that was connected refuses connections. */
  record Refused(NodeId node) implements Command {}

  /** A member is connected. */
  record Connected(NodeId node) implements Command {}

  /** Time passes. */
  record Tick() implements Command {}

  private static final Duration TICK = Duration.ofMillis(100);

  private final NodeId self;
  private final MemberEchoes echoes;
  private final ActorRef<PlacementAuthority.Command> authority;
  private final Suspicions suspicions;
  private final LongSupplier nanoClock;
  private final Reach reach;
  private final Set<NodeId> refused = new HashSet<>();
  private final Set<NodeId> others = new TreeSet<>();

  /** Suspects that this node has had taken out. */
  private final Set<NodeId> downed = new HashSet<>();

  private List<MemberView> members = List.of();
  private boolean isPingDue = true;

  static Behavior<Command> create(
      NodeId self,
      MemberEchoes echoes,
      ActorRef<PlacementAuthority.Command> authority,
      Suspicions suspicions,
      LongSupplier nanoClock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new PeerWatch(
                        context, timers, self, echoes, authority, suspicions, nanoClock)));
  }

  private PeerWatch(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      NodeId self,
      MemberEchoes echoes,
      ActorRef<PlacementAuthority.Command> authority,
      Suspicions suspicions,
      LongSupplier nanoClock) {
    super(context);
    context.setLoggerName(PeerWatch.class);
    this.self = self;
    this.echoes = echoes;
    this.authority = authority;
    this.suspicions = suspicions;
    this.nanoClock = nanoClock;
    this.reach = new Reach(context.getSystem());
    timers.startTimerWithFixedDelay(new Tick(), TICK);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, this::onTick)
        .onMessage(Ping.class, this::onPing)
        .onMessage(Echo.class, this::onEcho)
        .onMessage(Members.class, this::onMembers)
        .onMessage(Refused.class, this::onRefused)
        .onMessage(Connected.class, this::onConnected)
        .onMessage(Suspected.class, this::onSuspected)
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    isPingDue = !isPingDue;
    if (isPingDue) {
      long sent = nanoClock.getAsLong();
      others.forEach(node -> reach.watch(node).tell(new Ping(self, sent)));
    }
    refused.forEach(this::suspect);
    downSuspects();
    return this;
  }

  private Behavior<Command> onPing(Ping ping) {
    if (others.contains(ping.from())) {
      reach.watch(ping.from()).tell(new Echo(self, ping.sentNanos()));
    }
    return this;
  }

  private Behavior<Command> onEcho(Echo echo) {
    echoes.echoed(echo.from(), echo.sentNanos());
    return this;
  }

  private Behavior<Command> onMembers(Members changed) {
    members = changed.members();
    others.clear();
    members.stream().map(MemberView::id).filter(id -> !id.equals(self)).forEach(others::add);
    echoes.members(others, nanoClock.getAsLong());
    refused.retainAll(others);
    downed.retainAll(others);
    suspicions.retain(members.stream().map(MemberView::id).collect(Collectors.toSet()));
    return this;
  }

  private Behavior<Command> onRefused(Refused event) {
    if (others.contains(event.node()) && refused.add(event.node())) {
      getContext().getLog().warn("A member refuses connections: node={}", event.node());
      suspect(event.node());
      downSuspects();
    }
    return this;
  }

  private Behavior<Command> onConnected(Connected event) {
    refused.remove(event.node());
    return this;
  }

  /** Says again what this node sees, as long as it does. */
  private void suspect(NodeId node) {
    suspicions.reported(self, node, nanoClock.getAsLong());
    authority.tell(new PlacementAuthority.Suspected(self, node));
    others.stream()
        .filter(other -> !other.equals(node))
        .forEach(other -> reach.watch(other).tell(new Suspected(self, node)));
  }

  private Behavior<Command> onSuspected(Suspected message) {
    suspicions.reported(message.from(), message.suspect(), nanoClock.getAsLong());
    downSuspects();
    return this;
  }

  /** The first member that is no suspect itself has the suspects taken out of the cluster. */
  private void downSuspects() {
    Set<NodeId> ids = members.stream().map(MemberView::id).collect(Collectors.toSet());
    Set<NodeId> suspects = suspicions.suspects(ids, nanoClock.getAsLong());
    if (suspects.isEmpty() || !self.equals(firstBut(suspects))) {
      return;
    }
    for (NodeId suspect : suspects) {
      if (downed.add(suspect)) {
        down(suspect);
      }
    }
  }

  private void down(NodeId suspect) {
    getContext()
        .getLog()
        .warn("A majority of the members says that a member has crashed: node={}", suspect);
    Address address = new Address("pekko", Reach.SYSTEM, suspect.host(), suspect.port());
    Cluster.get(getContext().getSystem()).manager().tell(new Down(address));
  }

  private NodeId firstBut(Set<NodeId> suspects) {
    return members.stream()
        .filter(member -> member.standing() == Standing.UP)
        .map(MemberView::id)
        .filter(id -> !suspects.contains(id))
        .findFirst()
        .orElse(self);
  }
}
