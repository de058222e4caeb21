package io.shardgrid.actor;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.Readiness;
import io.shardgrid.member.Downing;
import io.shardgrid.placement.Placed;
import io.shardgrid.route.Router;
import io.shardgrid.shard.CopyPace;
import io.shardgrid.shard.MemberEchoes;
import io.shardgrid.shard.Survey;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/** The actors of one incarnation of a node, and the order in which they start. Immutable. */
final class Crew {

  private final ActorRef<ShardHost.Command> host;
  private final ActorRef<PlacementAuthority.Command> authority;
  private final ActorRef<PeerWatch.Command> watch;
  private final OperatorDesk desk;
  private final Elasticity elasticity;
  private final Diagnosis diagnosis;

  /**
   * What they need of the node around them.
   *
   * @param placed hears of what the authority has committed
   * @param taken hears of seats in which this node acts
   * @param surveyed hears of what the node's shards are
   * @param members all that are not removed
   * @param readiness what keeps the node from serving
   * @param weight its share of the data as it is now
   */
  record Needs(
      EngineSettings settings,
      EngineSurroundings around,
      NodeId self,
      Charter charter,
      Router router,
      ShardTable shards,
      CopyPace pace,
      MemberEchoes echoes,
      Consumer<Placed> placed,
      Consumer<PlacementEntry> taken,
      Consumer<Collection<Survey>> surveyed,
      Supplier<List<MemberView>> members,
      Supplier<Readiness> readiness,
      IntSupplier weight) {

    ClusterTraces traces() {
      return ClusterTraces.of(router.traces(), charter);
    }
  }

  Crew(ActorSystem<Spawner.Command> system, Needs needs) {
    EngineSettings settings = needs.settings();
    this.host =
        Spawner.spawn(
            system,
            ShardHost.create(
                new ShardHost.Surroundings(
                    needs.self(),
                    settings.member().weight(),
                    needs.shards(),
                    needs.pace(),
                    needs.placed(),
                    needs.taken(),
                    needs.surveyed(),
                    System::nanoTime,
                    settings.replication().heartbeat().dividedBy(2))),
            Reach.HOST);
    this.authority = singleton(system, authority(needs), "grid-authority");
    this.desk =
        new OperatorDesk(
            system, new Reach(system), authority, needs.charter(), needs.router(), needs.members());
    this.watch =
        Spawner.spawn(
            system,
            PeerWatch.create(
                new Downing(needs.self(), settings.downing()),
                needs.echoes(),
                authority,
                needs.router()),
            Reach.WATCH);
    this.elasticity = new Elasticity(system, needs, this);
    this.diagnosis = diagnosis(system, needs);
  }

  private Diagnosis diagnosis(ActorSystem<Spawner.Command> system, Needs needs) {
    ActorRef<NodeObserver.Command> observer =
        Spawner.spawn(
            system,
            NodeObserver.create(
                new NodeObserver.Surroundings(
                    needs.self(),
                    needs.charter().backups() + 1,
                    needs.weight(),
                    needs.settings().member().memoryMaxBytes(),
                    needs.shards(),
                    needs.pace(),
                    needs.around().routes(),
                    needs.members(),
                    needs.around().tally())),
            Reach.OBSERVER);
    return new Diagnosis(
        system,
        new Diagnosis.Parts(
            needs.charter(), needs.router(), desk, needs.members(), needs.readiness()),
        observer);
  }

  /** Only the founder's may begin a table: an empty one is otherwise a sign that all was lost. */
  private static Behavior<PlacementAuthority.Command> authority(Needs needs) {
    EngineSettings settings = needs.settings();
    return PlacementAuthority.create(
        number(),
        new AuthoritySurroundings(
            settings.member().foundsCluster() ? needs.charter() : null,
            settings.placement(),
            settings.replication().isolation(),
            System::nanoTime,
            needs.traces()));
  }

  /** A number that tells an incarnation of a singleton from others. */
  static long number() {
    return new SecureRandom().nextLong() & Long.MAX_VALUE;
  }

  /** Starts an actor of which the cluster has one, or the way to it. */
  static <T> ActorRef<T> singleton(ActorSystem<?> system, Behavior<T> behavior, String name) {
    return ClusterSingleton.get(system)
        .init(
            SingletonActor.of(behavior, name)
                .withSettings(
                    ClusterSingletonSettings.create(system).withRole(Membership.GRID_ROLE)));
  }

  ActorRef<ShardHost.Command> host() {
    return host;
  }

  ActorRef<PlacementAuthority.Command> authority() {
    return authority;
  }

  ActorRef<PeerWatch.Command> watch() {
    return watch;
  }

  OperatorDesk desk() {
    return desk;
  }

  Elasticity elasticity() {
    return elasticity;
  }

  Diagnosis diagnosis() {
    return diagnosis;
  }
}
