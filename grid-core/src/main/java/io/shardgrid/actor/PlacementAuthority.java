package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.PlanReport.Weighing;
import io.shardgrid.key.SteerReport;
import io.shardgrid.placement.Authority;
import io.shardgrid.placement.AuthorityEffects;
import io.shardgrid.placement.AuthorityPhase;
import io.shardgrid.placement.InSyncRequest;
import io.shardgrid.placement.Memo;
import io.shardgrid.placement.Memos;
import io.shardgrid.placement.MoveStep;
import io.shardgrid.placement.NodeReport;
import io.shardgrid.placement.PauseMark;
import io.shardgrid.placement.Placed;
import io.shardgrid.placement.RegisterMessage;
import io.shardgrid.placement.RegisterMessage.Accept;
import io.shardgrid.placement.RegisterMessage.Accepted;
import io.shardgrid.placement.RegisterMessage.Prepare;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.RegisterMessage.Refused;
import io.shardgrid.placement.ShardUnrest;
import io.shardgrid.placement.Steering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The cluster singleton that owns the placement: plans from the ring and commits every change in
 * the quorum register before anybody acts on it. An authority that learns of a newer one ends; if
 * it is still the singleton, the next incarnation starts with a higher term.
 *
 * <p>State: the authority machine, the members that announced their departure, and who waits until
 * something is kept, confined to this actor.
 */
final class PlacementAuthority extends AbstractBehavior<PlacementAuthority.Command>
    implements AuthorityEffects {

  /** Everything an authority understands. */
  sealed interface Command {}

  /** A register promised. */
  record Promised(NodeId from, Promise promise) implements Command, ControlMessage {}

  /** A register accepted a write. */
  record AcceptedBy(NodeId from, Accepted accepted) implements Command, ControlMessage {}

  /** A register has promised another authority. */
  record RefusedBy(NodeId from, Refused refused) implements Command, ControlMessage {}

  /** A member has taken up committed entries up to an epoch. */
  record PlacedAcknowledged(NodeId from, int term, long epoch) implements Command, ControlMessage {}

  /** Primaries of a node ask for changes of their in-sync sets. */
  record Requested(List<InSyncRequest> requests) implements Command, ControlMessage {}

  /** A member reports on seats in which it acts. */
  record Reported(NodeReport report) implements Command, ControlMessage {}

  /** A member has evidence that another one has crashed. */
  record Suspected(NodeId from, NodeId suspect) implements Command, ControlMessage {}

  /** A member is about to leave: its shards are to be placed elsewhere, where that is possible. */
  record Departing(NodeId node, ActorRef<Farewell> replyTo) implements Command, ControlMessage {}

  /**
   * The answer to a departing member.
   *
   * @param hasTarget whether there is a member that can take its shards
   */
  record Farewell(boolean hasTarget) implements ControlMessage {}

  /** An operator lets lost shards begin anew, each on a member. */
  record AcceptLoss(List<Heir> heirs, ActorRef<LossAccepted> replyTo)
      implements Command, ControlMessage {}

  /** The member on which a shard is to begin anew. */
  record Heir(int shard, NodeId node) {}

  /** Shards that begin anew; the others may not. */
  record LossAccepted(List<Integer> shards) implements ControlMessage {}

  /** An operator asks how moves are, or steers them. */
  record Steer(MigrationOrder order, List<Integer> shards, ActorRef<Steered> replyTo)
      implements Command, ControlMessage {}

  /** What became of it; null if this authority does not govern yet. */
  record Steered(@Nullable SteerReport report) implements ControlMessage {}

  /** An operator asks what would be done if members had these weights. */
  record AskPlan(List<Weighing> weights, ActorRef<Planned> replyTo)
      implements Command, ControlMessage {}

  /** What would be done; null if this authority does not govern yet. */
  record Planned(@Nullable PlanReport report) implements ControlMessage {}

  /**
   * The autoscaler asks what is kept for it and how the shards are, and may have something else
   * kept. Answered when that is kept; not at all if this authority ends before.
   *
   * @param over stamp of what is to be replaced; nothing is if that is not there any more
   * @param text what is to be kept; null if it only asks
   */
  record Consult(long over, @Nullable String text, ActorRef<Consulted> replyTo)
      implements Command, ControlMessage {}

  /**
   * The answer to the autoscaler.
   *
   * @param memo what is kept; null, as the last one, if this authority does not govern yet
   * @param isTaken whether it is what was to be kept
   */
  record Consulted(@Nullable Memo memo, boolean isTaken, @Nullable ShardUnrest unrest)
      implements ControlMessage {}

  /** The members, or a change of them. */
  record MembersChanged(Object event) implements Command {}

  /** Time passes. */
  record Tick() implements Command {}

  private final Authority authority;
  private final Membership membership = new Membership();
  private final Reach reach;
  private final Duration isolation;
  private final LongSupplier nanoClock;
  private final Departures departures = new Departures();
  private final AuthorityLog log =
      new AuthorityLog(LoggerFactory.getLogger(PlacementAuthority.class));
  private final MoveTraces moves;
  private @Nullable ActorRef<Consulted> keeper;
  private boolean isStarted;
  private boolean isEnded;

  static Behavior<Command> create(long number, AuthoritySurroundings around) {
    Duration repeat = around.settings().repeat();
    Behavior<Command> behavior =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> new PlacementAuthority(context, timers, number, around)));
    return Behaviors.supervise(behavior)
        .onFailure(
            RuntimeException.class,
            SupervisorStrategy.restartWithBackoff(repeat, repeat.multipliedBy(10), 0.2));
  }

  private PlacementAuthority(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      long number,
      AuthoritySurroundings around) {
    super(context);
    context.setLoggerName(PlacementAuthority.class);
    this.reach = new Reach(context.getSystem());
    this.isolation = around.isolation();
    this.nanoClock = around.nanoClock();
    this.moves = new MoveTraces(around.traces(), log);
    long incarnation = number ^ nanoClock.getAsLong();
    this.authority = new Authority(incarnation, around.wanted(), around.settings(), this);
    Membership.subscribe(context, MembersChanged::new);
    Duration tick = around.settings().repeat().dividedBy(2);
    timers.startTimerWithFixedDelay(new Tick(), tick);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, this::onTick)
        .onMessage(Promised.class, this::onPromised)
        .onMessage(AcceptedBy.class, this::onAcceptedBy)
        .onMessage(RefusedBy.class, this::onRefusedBy)
        .onMessage(PlacedAcknowledged.class, this::onPlacedAcknowledged)
        .onMessage(Requested.class, this::onRequested)
        .onMessage(Reported.class, this::onReported)
        .onMessage(Suspected.class, this::onSuspected)
        .onMessage(Departing.class, this::onDeparting)
        .onMessage(AcceptLoss.class, this::onAcceptLoss)
        .onMessage(Steer.class, this::onSteer)
        .onMessage(AskPlan.class, this::onAskPlan)
        .onMessage(Consult.class, this::onConsult)
        .onMessage(MembersChanged.class, this::onMembersChanged)
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    if (isStarted) {
      if (departures.forgetWhoStays(nanoClock.getAsLong())) {
        authority.membersChanged(members());
      }
      authority.tick(nanoClock.getAsLong());
    }
    return next();
  }

  private Behavior<Command> onPromised(Promised promised) {
    authority.promised(promised.from(), promised.promise());
    return next();
  }

  private Behavior<Command> onAcceptedBy(AcceptedBy accepted) {
    authority.accepted(accepted.from(), accepted.accepted());
    return next();
  }

  private Behavior<Command> onRefusedBy(RefusedBy refused) {
    authority.refused(refused.from(), refused.refused());
    return next();
  }

  private Behavior<Command> onPlacedAcknowledged(PlacedAcknowledged placed) {
    authority.placedAcknowledged(placed.from(), placed.term(), placed.epoch());
    return next();
  }

  private Behavior<Command> onRequested(Requested requested) {
    authority.requested(requested.requests());
    return next();
  }

  private Behavior<Command> onReported(Reported reported) {
    authority.reported(reported.report(), nanoClock.getAsLong());
    return next();
  }

  private Behavior<Command> onSuspected(Suspected suspected) {
    authority.suspected(suspected.from(), suspected.suspect(), nanoClock.getAsLong());
    return next();
  }

  private Behavior<Command> onDeparting(Departing message) {
    if (departures.announce(message.node(), nanoClock.getAsLong()) && isStarted) {
      authority.membersChanged(members());
    }
    message.replyTo().tell(new Farewell(authority.hasTaker()));
    return next();
  }

  private Behavior<Command> onSteer(Steer message) {
    Steering steering = authority.steering();
    if (message.order() != MigrationOrder.LOOK) {
      log.steered(message.order(), message.shards());
    }
    message
        .replyTo()
        .tell(
            new Steered(
                steering == null
                    ? null
                    : steering.steer(message.order(), message.shards(), nanoClock.getAsLong())));
    return next();
  }

  private Behavior<Command> onAskPlan(AskPlan message) {
    Steering steering = authority.steering();
    Map<NodeId, Integer> weights = new TreeMap<>();
    message.weights().forEach(one -> weights.put(one.node(), one.weight()));
    message.replyTo().tell(new Planned(steering == null ? null : steering.plan(weights)));
    return next();
  }

  private Behavior<Command> onConsult(Consult consult) {
    Memos memos = authority.memos();
    Steering steering = authority.steering();
    if (memos == null || steering == null) {
      consult.replyTo().tell(new Consulted(null, false, null));
      return next();
    }
    String text = consult.text();
    if (text == null || keeper != null || !memos.keep(consult.over(), text)) {
      consult.replyTo().tell(new Consulted(memos.last(), false, steering.unrest()));
    } else {
      keeper = consult.replyTo();
    }
    return next();
  }

  private Behavior<Command> onAcceptLoss(AcceptLoss message) {
    long nowNanos = nanoClock.getAsLong();
    List<Integer> accepted =
        message.heirs().stream()
            .filter(heir -> authority.acceptLoss(heir.shard(), heir.node(), isolation, nowNanos))
            .map(Heir::shard)
            .toList();
    log.lossAccepted(accepted);
    message.replyTo().tell(new LossAccepted(accepted));
    return next();
  }

  private Behavior<Command> onMembersChanged(MembersChanged changed) {
    membership.learn(changed.event());
    if (isStarted) {
      authority.membersChanged(members());
    } else {
      isStarted = true;
      authority.start(members());
    }
    return next();
  }

  /** An ended authority begins anew through its supervision, with a higher term. */
  private Behavior<Command> next() {
    if (isEnded) {
      throw new IllegalStateException("The authority has ended and starts again");
    }
    return this;
  }

  private List<MemberView> members() {
    return departures.among(membership.views());
  }

  @Override
  public void sendRegister(NodeId to, RegisterMessage.Request request) {
    if (request instanceof Prepare prepare) {
      reach.register(to).tell(new RegisterActor.Prepare(prepare, getContext().getSelf()));
    } else if (request instanceof Accept accept) {
      reach.register(to).tell(new RegisterActor.Accept(accept, getContext().getSelf()));
    }
  }

  @Override
  public void sendPlaced(NodeId to, Placed placed) {
    reach.host(to).tell(new ShardHost.PlacedBy(placed, getContext().getSelf()));
  }

  @Override
  public void askCopy(NodeId primary, int shard, long seat, NodeId target) {
    reach.host(primary).tell(new ShardHost.CopyTo(shard, seat, target));
  }

  @Override
  public void cancelCopy(NodeId primary, int shard, NodeId target) {
    reach.host(primary).tell(new ShardHost.CancelCopy(shard, target));
  }

  @Override
  public void sendPause(NodeId to, PauseMark pause) {
    reach.host(to).tell(new ShardHost.RememberPause(pause));
  }

  @Override
  public void committed(List<PlacementEntry> entries) {
    log.committed(entries);
  }

  @Override
  public void kept(Memo memo) {
    ActorRef<Consulted> asker = keeper;
    Steering steering = authority.steering();
    if (asker != null && steering != null) {
      keeper = null;
      asker.tell(new Consulted(memo, true, steering.unrest()));
    }
  }

  @Override
  public void moveWent(MoveStep step) {
    moves.went(step);
  }

  @Override
  public void moved(AuthorityPhase from, AuthorityPhase to) {
    log.moved(from, to);
  }

  @Override
  public void end(String reason) {
    isEnded = true;
    moves.end();
    log.ended(reason);
  }
}
