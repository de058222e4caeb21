package io.shardgrid.actor;

import io.shardgrid.autoscale.NodeProcess;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.route.Router;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Does on its node what the autoscaler orders: has nodes started or ended by the node's actuator,
 * or hands the node's own shards over and ends its process.
 *
 * <p>State: whether an order is with the actuator, and whether other members can take the shards,
 * confined to this actor.
 */
final class Steward extends AbstractBehavior<Steward.Command> {

  /** Everything a steward understands. */
  sealed interface Command {}

  /** An order for the actuator. Answered with {@link Autoscaler.Provided}. */
  record CarryOut(ScaleOrder order, ActorRef<Autoscaler.Command> replyTo)
      implements Command, ControlMessage {}

  /**
   * Hand all shards over, as long as this is said again and again. Answered with {@link
   * Autoscaler.Drained}.
   */
  record Drain(long order, ActorRef<Autoscaler.Command> replyTo)
      implements Command, ControlMessage {}

  /** End this process, which has handed all over. */
  record End(long order) implements Command, ControlMessage {}

  /** The actuator's answer. */
  record Done(long order, Provision provision, ActorRef<Autoscaler.Command> replyTo)
      implements Command {}

  /** The authority's answer to a departure. */
  record Answered(PlacementAuthority.Farewell farewell) implements Command {}

  /**
   * What a steward needs of the node around it.
   *
   * @param process null if the node is embedded in an application
   */
  record Surroundings(
      NodeId self,
      @Nullable NodeProcess process,
      ActorRef<PlacementAuthority.Command> authority,
      Router router,
      Supplier<List<MemberView>> members) {}

  private final Surroundings around;
  private final ActorRef<PlacementAuthority.Farewell> farewells;
  private boolean isAtWork;
  private boolean hasTarget = true;

  static Behavior<Command> create(Surroundings around) {
    return Behaviors.setup(context -> new Steward(context, around));
  }

  private Steward(ActorContext<Command> context, Surroundings around) {
    super(context);
    context.setLoggerName(Steward.class);
    this.around = around;
    this.farewells = context.messageAdapter(PlacementAuthority.Farewell.class, Answered::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(CarryOut.class, this::onCarryOut)
        .onMessage(Done.class, this::onDone)
        .onMessage(Drain.class, this::onDrain)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(End.class, this::onEnd)
        .build();
  }

  private Behavior<Command> onCarryOut(CarryOut message) {
    NodeProcess process = around.process();
    long order = message.order().number();
    if (process == null) {
      message
          .replyTo()
          .tell(
              new Autoscaler.Provided(
                  order,
                  Autoscaler.Result.REFUSED,
                  "This node is embedded: node=" + around.self()));
      return this;
    }
    if (isAtWork) {
      message
          .replyTo()
          .tell(
              new Autoscaler.Provided(
                  order, Autoscaler.Result.FAILED, "The actuator is still at work"));
      return this;
    }
    isAtWork = true;
    getContext()
        .pipeToSelf(
            process.actuator().carryOut(message.order(), around.members().get()),
            (provision, failure) ->
                new Done(
                    order,
                    provision == null
                        ? new Provision.Failed("The actuator failed: cause=" + failure)
                        : provision,
                    message.replyTo()));
    return this;
  }

  private Behavior<Command> onDone(Done done) {
    isAtWork = false;
    done.replyTo().tell(provided(done.order(), done.provision()));
    return this;
  }

  private static Autoscaler.Provided provided(long order, Provision provision) {
    if (provision instanceof Provision.Accepted accepted) {
      return new Autoscaler.Provided(order, Autoscaler.Result.ACCEPTED, accepted.text());
    }
    if (provision instanceof Provision.Begun begun) {
      return new Autoscaler.Provided(order, Autoscaler.Result.BEGUN, begun.text());
    }
    if (provision instanceof Provision.Refused refused) {
      return new Autoscaler.Provided(order, Autoscaler.Result.REFUSED, refused.reason());
    }
    String reason = provision instanceof Provision.Failed failed ? failed.reason() : "";
    return new Autoscaler.Provided(order, Autoscaler.Result.FAILED, reason);
  }

  private Behavior<Command> onDrain(Drain drain) {
    around.authority().tell(new PlacementAuthority.Departing(around.self(), farewells));
    int left = Reporting.shardsOf(around.router(), around.self());
    String text =
        hasTarget
            ? "Shards are being handed over: left=" + left
            : "There is no other member to take the shards: left=" + left;
    drain.replyTo().tell(new Autoscaler.Drained(drain.order(), left == 0, text));
    return this;
  }

  private Behavior<Command> onAnswered(Answered message) {
    hasTarget = message.farewell().hasTarget();
    return this;
  }

  private Behavior<Command> onEnd(End message) {
    NodeProcess process = around.process();
    int left = Reporting.shardsOf(around.router(), around.self());
    if (process == null || left > 0) {
      getContext()
          .getLog()
          .warn("This node does not end: order={}, shards={}", message.order(), left);
    } else {
      getContext().getLog().info("This node ends, drained: order={}", message.order());
      process.end().run();
    }
    return this;
  }
}
