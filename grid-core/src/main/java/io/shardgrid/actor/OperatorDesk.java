package io.shardgrid.actor;

import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.Charter;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.LossReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.PlanReport.Weighing;
import io.shardgrid.key.SteerReport;
import io.shardgrid.key.VerifyReport;
import io.shardgrid.route.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask of a cluster through one of its nodes. Thread-safe; nothing here blocks. A
 * question that nobody answers in time fails with {@link GridUnavailableException}.
 */
final class OperatorDesk {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final Reach reach;
  private final ActorRef<PlacementAuthority.Command> authority;
  private final Charter charter;
  private final Router router;
  private final Supplier<List<MemberView>> members;

  OperatorDesk(
      ActorSystem<?> system,
      Reach reach,
      ActorRef<PlacementAuthority.Command> authority,
      Charter charter,
      Router router,
      Supplier<List<MemberView>> members) {
    this.system = system;
    this.reach = reach;
    this.authority = authority;
    this.charter = charter;
    this.router = router;
    this.members = members;
  }

  /** Asks all members what they hold. */
  CompletionStage<ClusterReport> report() {
    return new Reporting(system, reach, TIMEOUT).report(charter, router, members.get());
  }

  /** Lets the shards that are lost begin anew. */
  CompletionStage<LossReport> acceptLoss() {
    return new LossAcceptance(system, reach, authority, TIMEOUT)
        .accept(Reporting.lost(router), members.get());
  }

  /** Shows the moves, or has them steered. */
  CompletionStage<SteerReport> steer(MigrationOrder order, List<Integer> shards) {
    return this.<PlacementAuthority.Steered>ask(
            replyTo -> new PlacementAuthority.Steer(order, shards, replyTo))
        .thenCompose(steered -> known(steered.report()));
  }

  /** What would be done from here, if members had these weights. */
  CompletionStage<PlanReport> plan(List<Weighing> weights) {
    return this.<PlacementAuthority.Planned>ask(
            replyTo -> new PlacementAuthority.AskPlan(weights, replyTo))
        .thenCompose(planned -> known(planned.report()));
  }

  /**
   * Compares backups with their primaries.
   *
   * @param shards none for all
   */
  CompletionStage<VerifyReport> verify(List<Integer> shards) {
    List<Integer> wanted =
        shards.isEmpty()
            ? IntStream.range(0, charter.shards()).boxed().toList()
            : shards.stream().distinct().sorted().toList();
    return new Verification(system, reach, TIMEOUT, router, wanted).run(members.get());
  }

  private <T> CompletionStage<T> ask(Function<ActorRef<T>, PlacementAuthority.Command> question) {
    return AskPattern.<PlacementAuthority.Command, T>ask(
            authority, question::apply, TIMEOUT, system.scheduler())
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    new GridUnavailableException(
                        "The authority over the placement does not answer, ask again in a moment",
                        failure)));
  }

  private static <T> CompletionStage<T> known(@Nullable T report) {
    return report != null
        ? CompletableFuture.completedStage(report)
        : CompletableFuture.failedStage(
            new GridUnavailableException(
                "The authority over the placement is only starting, ask again in a moment"));
  }
}
