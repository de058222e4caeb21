package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.placement.Register;
import io.shardgrid.placement.RegisterMessage;
import io.shardgrid.placement.RegisterMessage.Accepted;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.RegisterMessage.Refused;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Keeps this member's replica of the quorum register that commits the placement.
 *
 * <p>State: the register machine, confined to this actor; it lives as long as the member.
 */
final class RegisterActor extends AbstractBehavior<RegisterActor.Command> {

  /** What a register understands; every request is answered. */
  sealed interface Command {}

  /** An authority asks for a promise. */
  record Prepare(RegisterMessage.Prepare request, ActorRef<PlacementAuthority.Command> replyTo)
      implements Command, ControlMessage {}

  /** An authority writes entries. */
  record Accept(RegisterMessage.Accept request, ActorRef<PlacementAuthority.Command> replyTo)
      implements Command, ControlMessage {}

  private final NodeId self;
  private final Register register = new Register();

  static Behavior<Command> create(NodeId self) {
    return Behaviors.setup(context -> new RegisterActor(context, self));
  }

  private RegisterActor(ActorContext<Command> context, NodeId self) {
    super(context);
    this.self = self;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Prepare.class, this::onPrepare)
        .onMessage(Accept.class, this::onAccept)
        .build();
  }

  private Behavior<Command> onPrepare(Prepare prepare) {
    return answer(prepare.request(), prepare.replyTo());
  }

  private Behavior<Command> onAccept(Accept accept) {
    return answer(accept.request(), accept.replyTo());
  }

  private Behavior<Command> answer(
      RegisterMessage.Request request, ActorRef<PlacementAuthority.Command> replyTo) {
    RegisterMessage.Reply reply = register.receive(request);
    if (reply instanceof Promise promise) {
      replyTo.tell(new PlacementAuthority.Promised(self, promise));
    } else if (reply instanceof Accepted accepted) {
      replyTo.tell(new PlacementAuthority.AcceptedBy(self, accepted));
    } else if (reply instanceof Refused refused) {
      replyTo.tell(new PlacementAuthority.RefusedBy(self, refused));
    }
    return this;
  }
}
