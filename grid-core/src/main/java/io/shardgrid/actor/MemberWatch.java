package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Tells the node around it who the members are, whenever that changes.
 *
 * <p>State: the members, confined to this actor.
 */
final class MemberWatch extends AbstractBehavior<MemberWatch.Command> {

  /** What the watch understands. */
  sealed interface Command {}

  /** The members, or a change of them. */
  record Changed(Object event) implements Command {}

  private final Membership membership = new Membership();
  private final Consumer<List<MemberView>> members;

  static Behavior<Command> create(Consumer<List<MemberView>> members) {
    return Behaviors.setup(context -> new MemberWatch(context, members));
  }

  private MemberWatch(ActorContext<Command> context, Consumer<List<MemberView>> members) {
    super(context);
    this.members = members;
    Membership.subscribe(context, Changed::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Changed.class, this::onChanged).build();
  }

  private Behavior<Command> onChanged(Changed changed) {
    membership.learn(changed.event());
    members.accept(membership.views());
    return this;
  }
}
