package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.route.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** What a departing node asks of the authority, of its own host, and of what it knows itself. */
final class Farewells implements Departure.Questions {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final NodeId self;
  private final ActorRef<PlacementAuthority.Command> authority;
  private final Reach reach;
  private final Router router;
  private final Supplier<List<MemberView>> members;

  Farewells(
      ActorSystem<?> system,
      NodeId self,
      ActorRef<PlacementAuthority.Command> authority,
      Reach reach,
      Router router,
      Supplier<List<MemberView>> members) {
    this.system = system;
    this.self = self;
    this.authority = authority;
    this.reach = reach;
    this.router = router;
    this.members = members;
  }

  @Override
  public boolean isAlone() {
    return members.get().size() <= 1;
  }

  @Override
  public CompletionStage<Boolean> hasTarget() {
    return AskPattern.<PlacementAuthority.Command, PlacementAuthority.Farewell>ask(
            authority,
            replyTo -> new PlacementAuthority.Departing(self, replyTo),
            TIMEOUT,
            system.scheduler())
        .thenApply(PlacementAuthority.Farewell::hasTarget);
  }

  @Override
  public int shardsHere() {
    return Reporting.shardsOf(router, self);
  }

  @Override
  public CompletionStage<ShardHost.Load> load() {
    return AskPattern.ask(reach.host(self), ShardHost.AskLoad::new, TIMEOUT, system.scheduler());
  }
}
