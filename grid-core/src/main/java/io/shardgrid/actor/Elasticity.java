package io.shardgrid.actor;

import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.LoadReport.Means;
import io.shardgrid.autoscale.NodeProcess;
import io.shardgrid.failure.GridUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** A node's part in the cluster's size: its actors, and what it tells. Thread-safe. */
final class Elasticity {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final ActorRef<Autoscaler.Command> autoscaler;

  Elasticity(ActorSystem<Spawner.Command> system, Crew.Needs needs, Crew crew) {
    this.system = system;
    EngineSettings settings = needs.settings();
    NodeProcess process = needs.around().process();
    this.autoscaler =
        Crew.singleton(
            system,
            Autoscaler.create(
                Crew.number(),
                new Autoscaler.Surroundings(
                    needs.self(),
                    settings.autoscale(),
                    crew.authority(),
                    () -> crew.desk().verify(List.of()),
                    Clock.systemUTC(),
                    System::nanoTime,
                    needs.traces())),
            "grid-autoscaler");
    Spawner.spawn(
        system,
        Steward.create(
            new Steward.Surroundings(
                needs.self(), process, crew.authority(), needs.router(), needs.members())),
        Reach.STEWARD);
    Spawner.spawn(
        system,
        LoadReporter.create(
            new LoadReporter.Surroundings(
                needs.self(),
                settings.autoscale().pace().report(),
                settings.member().memoryMaxBytes(),
                needs.pace(),
                process == null ? Means.EMBEDDED : process.means(),
                needs.around().gauges()::read,
                crew.host(),
                autoscaler,
                System::nanoTime)),
        "grid-load");
  }

  /** What the autoscaler knows and has decided. */
  CompletionStage<AutoscaleReport> report(int entries) {
    return AskPattern.<Autoscaler.Command, Autoscaler.Told>ask(
            autoscaler,
            replyTo -> new Autoscaler.AskReport(entries, replyTo),
            TIMEOUT,
            system.scheduler())
        .thenApply(Autoscaler.Told::report)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    new GridUnavailableException(
                        "The autoscaler does not answer, ask again in a moment", failure)));
  }
}
