package io.shardgrid.actor;

import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.health.Chronicle;
import io.shardgrid.health.Health;
import io.shardgrid.health.HealthFacts;
import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.Readiness;
import io.shardgrid.key.SteerReport;
import io.shardgrid.route.Router;
import io.shardgrid.sight.ClusterSight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the whole cluster from one node: asks all members and the authority, and says how the
 * cluster is. Thread-safe; nothing here blocks.
 */
final class Diagnosis {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final Parts parts;
  private final ActorRef<NodeObserver.Command> observer;
  private final Reach reach;

  /**
   * Where it looks.
   *
   * @param desk asks the authority
   * @param members all that are not removed
   */
  record Parts(
      Charter charter,
      Router router,
      OperatorDesk desk,
      Supplier<List<MemberView>> members,
      Supplier<Readiness> readiness) {}

  Diagnosis(ActorSystem<?> system, Parts parts, ActorRef<NodeObserver.Command> observer) {
    this.system = system;
    this.parts = parts;
    this.observer = observer;
    this.reach = new Reach(system);
  }

  /** What there is to know; a member that does not answer within a second is shown as silent. */
  CompletionStage<ClusterSight> look() {
    List<MemberView> members = parts.members().get();
    List<CompletableFuture<ClusterSight.Seen>> seen = members.stream().map(this::seen).toList();
    CompletableFuture<@Nullable MigrationReport> moves =
        parts
            .desk()
            .steer(MigrationOrder.LOOK, List.of())
            .<@Nullable MigrationReport>thenApply(SteerReport::report)
            .exceptionally(failure -> null)
            .toCompletableFuture();
    CompletableFuture<Chronicle.Summary> record =
        AskPattern.<NodeObserver.Command, Chronicle.Summary>ask(
                observer, NodeObserver.AskRecord::new, TIMEOUT, system.scheduler())
            .toCompletableFuture();
    return CompletableFuture.allOf(seen.toArray(CompletableFuture[]::new))
        .thenCombine(moves, (done, report) -> report)
        .thenCombine(
            record,
            (report, measured) ->
                sight(seen.stream().map(CompletableFuture::join).toList(), report, measured))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    new GridUnavailableException(
                        "The node does not know how the cluster is, ask again in a moment",
                        failure)));
  }

  private CompletableFuture<ClusterSight.Seen> seen(MemberView member) {
    return AskPattern.<NodeObserver.Command, NodeObserver.Seen>ask(
            reach.observer(member.id()), NodeObserver.AskSight::new, TIMEOUT, system.scheduler())
        .handle(
            (answer, failure) ->
                answer == null
                    ? new ClusterSight.Seen(member, null)
                    : new ClusterSight.Seen(
                        member.withWeight(answer.sight().weight()), answer.sight()))
        .toCompletableFuture();
  }

  private ClusterSight sight(
      List<ClusterSight.Seen> seen, @Nullable MigrationReport moves, Chronicle.Summary measured) {
    HealthFacts facts =
        new HealthFacts(
            shards(parts.router(), parts.charter().backups() + 1),
            seen.stream()
                .map(one -> new HealthFacts.Member(one.member(), one.sight() != null))
                .toList(),
            moves == null ? null : movesOf(moves),
            parts.readiness().get().reasons());
    return new ClusterSight(
        parts.charter(), Health.of(facts), seen, placement(parts.router()), moves, measured);
  }

  private static HealthFacts.Moves movesOf(MigrationReport report) {
    MigrationReport.Totals totals = report.totals();
    return new HealthFacts.Moves(
        totals.running(),
        Math.max(0, totals.waiting() - totals.cancelled()),
        report.isPaused(),
        totals.cancelled());
  }

  /** Where the shards are, as the node knows. O(shards). */
  static HealthFacts.Shards shards(Router router, int copies) {
    List<Integer> lost = new ArrayList<>();
    int unplaced = 0;
    int thin = 0;
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      if (entry == null) {
        unplaced++;
      } else if (entry.isLost()) {
        lost.add(shard);
      } else if (entry.inSync().size() < copies) {
        thin++;
      }
    }
    return new HealthFacts.Shards(router.shards(), copies, unplaced, lost, thin);
  }

  private static List<PlacementEntry> placement(Router router) {
    List<PlacementEntry> placement = new ArrayList<>();
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      if (entry != null) {
        placement.add(entry);
      }
    }
    return placement;
  }
}
