package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Tells the node around it, and the log, who the members are, whenever that changes.
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
    List<MemberView> before = membership.views();
    membership.learn(changed.event());
    List<MemberView> next = membership.views();
    tell(before, next);
    members.accept(next);
    return this;
  }

  private void tell(List<MemberView> before, List<MemberView> next) {
    Map<NodeId, Standing> known = new HashMap<>();
    before.forEach(member -> known.put(member.id(), member.standing()));
    for (MemberView member : next) {
      Standing was = known.remove(member.id());
      if (was != member.standing()) {
        tell(member, was, next.size());
      }
    }
    for (MemberView member : before) {
      if (known.containsKey(member.id())) {
        getContext()
            .getLog()
            .info(
                "A member is gone: name={}, node={}, members={}",
                member.name(),
                member.id(),
                next.size());
      }
    }
  }

  /** Whether one is out of reach is for the members' votes to say, not for Pekko. */
  private void tell(MemberView member, @Nullable Standing was, int members) {
    boolean isNews = was != Standing.UNREACHABLE && member.standing() != Standing.UNREACHABLE;
    getContext()
        .getLog()
        .atLevel(isNews ? Level.INFO : Level.DEBUG)
        .log(
            "A member changes: name={}, node={}, was={}, standing={}, members={}",
            member.name(),
            member.id(),
            was == null ? "none" : was,
            member.standing(),
            members);
  }
}
