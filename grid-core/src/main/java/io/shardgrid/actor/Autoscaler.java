package io.shardgrid.actor;

import io.shardgrid.autoscale.Activity;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.AutoscaleSettings;
import io.shardgrid.autoscale.LoadReport;
import io.shardgrid.autoscale.OrderState;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.ScaleNote;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.autoscale.ScaleState;
import io.shardgrid.autoscale.Scaler;
import io.shardgrid.autoscale.ScalerEffects;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.VerifyReport;
import io.shardgrid.placement.Memo;
import io.shardgrid.placement.ShardUnrest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The cluster singleton that decides how many nodes there should be, and sees to it. What it has
 * decided is kept beside the placement; its successor goes on from there.
 *
 * <p>State: the scaler machine and the members, confined to this actor.
 */
final class Autoscaler extends AbstractBehavior<Autoscaler.Command> implements ScalerEffects {

  /** Everything an autoscaler understands. */
  sealed interface Command {}

  /** A node reports on itself. */
  record Reported(LoadReport report) implements Command, ControlMessage {}

  /** The authority's answer. */
  record ConsultedBy(PlacementAuthority.Consulted answer) implements Command {}

  /** A member's actuator has done what was asked, or not. */
  record Provided(long order, Result result, String text) implements Command, ControlMessage {}

  /** What became of an order at an actuator. */
  enum Result {
    /** It is taken up. */
    ACCEPTED,
    /** Part of it. */
    BEGUN,
    /** Not now, or nobody knows. */
    FAILED,
    /** Never. */
    REFUSED
  }

  /** How the drain of a member that is to go is; answers a {@link Steward.Drain}. */
  record Drained(long order, boolean isDone, String text) implements Command, ControlMessage {}

  /** Backups were compared with their primaries. */
  record Verified(long order, boolean isGood, String text) implements Command {}

  /** The members, or a change of them. */
  record MembersChanged(Object event) implements Command {}

  /** Asks what was decided: so many decisions at most. */
  record AskReport(int entries, ActorRef<Told> replyTo) implements Command, ControlMessage {}

  /** What was decided. */
  record Told(AutoscaleReport report) implements ControlMessage {}

  /** Time passes. */
  record Tick() implements Command {}

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration BACKOFF = Duration.ofSeconds(1);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(10);

  /**
   * What an autoscaler needs of the node around it.
   *
   * @param verify has all backups compared with their primaries
   */
  record Surroundings(
      NodeId self,
      AutoscaleSettings settings,
      ActorRef<PlacementAuthority.Command> authority,
      Supplier<CompletionStage<VerifyReport>> verify,
      Clock wallClock,
      LongSupplier nanoClock,
      ClusterTraces traces) {}

  private final Surroundings around;
  private final Scaler scaler;
  private final Membership membership = new Membership();
  private final Reach reach;
  private final StateText texts;
  private final ActorRef<PlacementAuthority.Consulted> answers;
  private final OrderTraces orders;
  private boolean isReplaced;

  static Behavior<Command> create(long number, Surroundings around) {
    Behavior<Command> behavior =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(timers -> new Autoscaler(context, timers, number, around)));
    return Behaviors.supervise(behavior)
        .onFailure(
            RuntimeException.class,
            SupervisorStrategy.restartWithBackoff(BACKOFF, BACKOFF_MAX, 0.2));
  }

  private Autoscaler(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      long number,
      Surroundings around) {
    super(context);
    context.setLoggerName(Autoscaler.class);
    this.around = around;
    this.orders = new OrderTraces(around.traces());
    this.reach = new Reach(context.getSystem());
    this.texts = new StateText(context.getSystem());
    long run = number ^ around.nanoClock().getAsLong();
    this.scaler = new Scaler(run, around.self(), around.settings(), this);
    this.answers = context.messageAdapter(PlacementAuthority.Consulted.class, ConsultedBy::new);
    Membership.subscribe(context, MembersChanged::new);
    timers.startTimerWithFixedDelay(new Tick(), TICK);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reported.class, this::onReported)
        .onMessage(Tick.class, this::onTick)
        .onMessage(ConsultedBy.class, this::onConsultedBy)
        .onMessage(Provided.class, this::onProvided)
        .onMessage(Drained.class, this::onDrained)
        .onMessage(Verified.class, this::onVerified)
        .onMessage(MembersChanged.class, this::onMembersChanged)
        .onMessage(AskReport.class, this::onAskReport)
        .build();
  }

  private Behavior<Command> onReported(Reported reported) {
    scaler.reported(reported.report(), around.wallClock().instant());
    return this;
  }

  private Behavior<Command> onTick(Tick tick) {
    scaler.tick(around.wallClock().instant(), around.nanoClock().getAsLong());
    return this;
  }

  private Behavior<Command> onConsultedBy(ConsultedBy message) {
    Memo memo = message.answer().memo();
    ShardUnrest unrest = message.answer().unrest();
    if (memo == null || unrest == null) {
      return this;
    }
    scaler.consulted(
        memo.stamp(),
        texts.read(memo.text()),
        new Activity(unrest.isMoving(), unrest.moves(), unrest.incomplete()),
        around.nanoClock().getAsLong());
    if (isReplaced) {
      throw new IllegalStateException("Another autoscaler has taken over; this one begins anew");
    }
    return this;
  }

  private Behavior<Command> onProvided(Provided provided) {
    scaler.provided(
        provided.order(),
        switch (provided.result()) {
          case ACCEPTED -> new Provision.Accepted(provided.text());
          case BEGUN -> new Provision.Begun(provided.text());
          case FAILED -> new Provision.Failed(provided.text());
          case REFUSED -> new Provision.Refused(provided.text());
        });
    return this;
  }

  private Behavior<Command> onDrained(Drained drained) {
    scaler.drained(drained.order(), drained.isDone(), drained.text());
    return this;
  }

  private Behavior<Command> onVerified(Verified verified) {
    scaler.verified(verified.order(), verified.isGood(), verified.text());
    return this;
  }

  private Behavior<Command> onMembersChanged(MembersChanged changed) {
    membership.learn(changed.event());
    scaler.members(membership.views());
    return this;
  }

  private Behavior<Command> onAskReport(AskReport ask) {
    ask.replyTo().tell(new Told(scaler.report(ask.entries())));
    return this;
  }

  @Override
  public void consult(long over, @Nullable ScaleState state) {
    String text = state == null ? null : texts.write(state);
    around.authority().tell(new PlacementAuthority.Consult(over, text, answers));
  }

  @Override
  public void carryOut(NodeId by, ScaleOrder order) {
    reach.steward(by).tell(new Steward.CarryOut(order, getContext().getSelf()));
  }

  @Override
  public void drain(NodeId node, long order) {
    reach.steward(node).tell(new Steward.Drain(order, getContext().getSelf()));
  }

  @Override
  public void verify(long order) {
    getContext()
        .pipeToSelf(
            around.verify().get(),
            (report, failure) ->
                report == null
                    ? new Verified(order, false, "The copies could not be compared: " + failure)
                    : verdict(order, report));
  }

  private static Verified verdict(long order, VerifyReport report) {
    return report.isMatched()
        ? new Verified(order, true, "All copies are equal: shards=" + report.shards().size())
        : new Verified(order, false, "Copies are not known to be equal");
  }

  @Override
  public void end(NodeId node, long order) {
    reach.steward(node).tell(new Steward.End(order));
  }

  @Override
  public void orderWent(ScaleOrder order, OrderState was, OrderState state, String text) {
    orders.went(order, was, state, text);
  }

  @Override
  public void tell(ScaleNote note) {
    orders.log(getContext().getLog().atInfo(), note, null);
  }

  @Override
  public void warn(ScaleNote note) {
    orders.log(getContext().getLog().atWarn(), note, null);
  }

  @Override
  public void tell(ScaleNote note, ScaleOrder order) {
    orders.log(getContext().getLog().atInfo(), note, order);
  }

  @Override
  public void warn(ScaleNote note, ScaleOrder order) {
    orders.log(getContext().getLog().atWarn(), note, order);
  }

  @Override
  public void replaced() {
    isReplaced = true;
    orders.end();
  }
}
