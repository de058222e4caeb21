package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.member.Downing;
import io.shardgrid.member.Hearing;
import io.shardgrid.member.Verdict;
import io.shardgrid.route.Router;
import io.shardgrid.shard.MemberEchoes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.remote.UniqueAddress;
import org.apache.pekko.remote.artery.QuarantinedEvent;
import org.apache.pekko.remote.artery.ThisActorSystemQuarantinedEvent;

/**
 * Watches the other members: who answers this node, which all primaries depend on, and whose port
 * has begun to refuse connections, which is evidence of a crash. The members tell each other whom
 * they do not hear; whom a majority does not hear is taken out of the cluster, and of the first
 * signs of that the authority is told, so that others serve that member's shards meanwhile.
 *
 * <p>State: the judge of the members, confined to this actor.
 */
final class PeerWatch extends AbstractBehavior<PeerWatch.Command> {

  /** Everything the watch understands. */
  sealed interface Command {}

  /**
   * Asks for an {@link Echo}, and says whom the sender hears; a node that is no member here gets no
   * answer.
   */
  record Ping(NodeId from, long sentNanos, Hearing hearing) implements Command, ControlMessage {}

  /** A member's answer to a {@link Ping}. */
  record Echo(NodeId from, long sentNanos) implements Command, ControlMessage {}

  /** For another node, this one is no member any more: it takes nothing from it. */
  record Disowned(NodeId by) implements Command {}

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
  private final Downing downing;
  private final Router router;
  private final Reach reach;

  /** Known to the judge, too, who outlives a restart of this actor. */
  private Set<NodeId> others;

  private Set<NodeId> disconnected = Set.of();
  private boolean isPingDue = true;
  private boolean isAlone;

  static Behavior<Command> create(
      Downing downing,
      MemberEchoes echoes,
      ActorRef<PlacementAuthority.Command> authority,
      Router router) {
    Behavior<Command> watch =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> new PeerWatch(context, timers, downing, echoes, authority, router)));
    // Nobody else takes a member out: a bug must not end that for good.
    return Behaviors.supervise(watch)
        .onFailure(RuntimeException.class, SupervisorStrategy.restart());
  }

  private PeerWatch(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Downing downing,
      MemberEchoes echoes,
      ActorRef<PlacementAuthority.Command> authority,
      Router router) {
    super(context);
    context.setLoggerName(PeerWatch.class);
    this.self = downing.self();
    this.downing = downing;
    this.others = downing.others();
    this.echoes = echoes;
    this.authority = authority;
    this.router = router;
    this.reach = new Reach(context.getSystem());
    timers.startTimerWithFixedDelay(new Tick(), TICK);
    hearWhoTakesNothing(context);
  }

  private static void hearWhoTakesNothing(ActorContext<Command> context) {
    ActorRef<ThisActorSystemQuarantinedEvent> events =
        context.messageAdapter(
            ThisActorSystemQuarantinedEvent.class, event -> disowned(event.remoteAddress()));
    Adapter.toClassic(context.getSystem())
        .eventStream()
        .subscribe(Adapter.toClassic(events), ThisActorSystemQuarantinedEvent.class);
  }

  private static Disowned disowned(UniqueAddress by) {
    Address address = by.address();
    return new Disowned(
        new NodeId(address.getHost().orElse(""), address.getPort().orElse(0), by.uid()));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, this::onTick)
        .onMessage(Ping.class, this::onPing)
        .onMessage(Echo.class, this::onEcho)
        .onMessage(Disowned.class, this::onDisowned)
        .onMessage(Members.class, this::onMembers)
        .onMessage(Refused.class, this::onRefused)
        .onMessage(Connected.class, this::onConnected)
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    judge();
    isPingDue = !isPingDue;
    if (isPingDue) {
      ping();
    }
    return this;
  }

  private void ping() {
    long sent = System.nanoTime();
    Hearing hearing = downing.hearing(sent);
    noteDisconnected(hearing.disconnected());
    others.forEach(node -> reach.watch(node).tell(new Ping(self, sent, hearing)));
  }

  private void judge() {
    Verdict verdict =
        downing.judge(System.nanoTime(), node -> Reporting.hasOnlyCopies(router, node));
    for (NodeId suspect : verdict.suspects()) {
      authority.tell(new PlacementAuthority.Suspected(self, suspect));
    }
    noteSilence(verdict.suspects());
    verdict.down().forEach(this::down);
  }

  /** Most others at once: rather this node is the one that hears nothing. Said once each way. */
  private void noteSilence(Set<NodeId> suspects) {
    boolean areMost = 2 * suspects.size() > others.size();
    if (areMost && !isAlone) {
      getContext().getLog().warn("This node hears most others no longer: unheard={}", suspects);
    } else if (!areMost && isAlone) {
      getContext().getLog().info("This node hears the others again: unheard={}", suspects);
    }
    isAlone = areMost;
  }

  /** Members that are not heard although they stay: who looks for the cause wants the pair. */
  private void noteDisconnected(Set<NodeId> nodes) {
    for (NodeId node : nodes) {
      if (!disconnected.contains(node)) {
        getContext()
            .getLog()
            .warn("A member is not heard by this node, others hear it: node={}", node);
      }
    }
    disconnected = nodes;
  }

  private Behavior<Command> onPing(Ping ping) {
    if (others.contains(ping.from())) {
      reach.watch(ping.from()).tell(new Echo(self, ping.sentNanos()));
      // At once on news only: a crash is said again by all members, five times a second each.
      if (downing.told(ping.from(), ping.hearing(), System.nanoTime())) {
        judge();
      }
    }
    return this;
  }

  private Behavior<Command> onDisowned(Disowned event) {
    downing.disowned(event.by());
    return this;
  }

  private Behavior<Command> onEcho(Echo echo) {
    echoes.echoed(echo.from(), echo.sentNanos());
    downing.heard(echo.from(), echo.sentNanos());
    return this;
  }

  private Behavior<Command> onMembers(Members changed) {
    downing.members(changed.members(), System.nanoTime());
    others = downing.others();
    echoes.members(others, System.nanoTime());
    return this;
  }

  private Behavior<Command> onRefused(Refused event) {
    if (downing.refused(event.node())) {
      getContext().getLog().warn("A member refuses connections: node={}", event.node());
      ping();
      judge();
    }
    return this;
  }

  private Behavior<Command> onConnected(Connected event) {
    downing.connected(event.node());
    return this;
  }

  private void down(NodeId node, Verdict.Reason reason) {
    getContext()
        .getLog()
        .warn("The cluster goes on without a member: node={}, reason={}", node, reason);
    Address address = new Address("pekko", Reach.SYSTEM, node.host(), node.port());
    Cluster.get(getContext().getSystem()).manager().tell(new Down(address));
    if (reason == Verdict.Reason.SILENT) {
      // Else Pekko removes the member only when its own failure detector has missed it.
      UniqueAddress incarnation = new UniqueAddress(address, node.uid());
      Adapter.toClassic(getContext().getSystem())
          .eventStream()
          .publish(new QuarantinedEvent(incarnation));
    }
  }
}
