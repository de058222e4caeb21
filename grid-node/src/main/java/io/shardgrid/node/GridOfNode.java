package io.shardgrid.node;

import io.shardgrid.Grid;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.health.SecurityFacts;
import io.shardgrid.key.CertificateReport;
import io.shardgrid.key.Charter;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.DrainReport;
import io.shardgrid.key.LinkReport;
import io.shardgrid.key.LossReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.PlanReport.Weighing;
import io.shardgrid.key.Readiness;
import io.shardgrid.key.SteerReport;
import io.shardgrid.key.VerifyReport;
import io.shardgrid.loader.StoreBook;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.route.Router;
import io.shardgrid.rule.RuleBook;
import io.shardgrid.sight.ClusterSight;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The node's grid as its servers see it. Thread-safe. */
final class GridOfNode implements GridAccess {

  private final Grid grid;
  private final Function<List<CertificateReport>, SecurityFacts> security;
  private final Runnable drained;
  private final Supplier<List<CertificateReport>> serverCertificates;
  private final AtomicReference<@Nullable CompletableFuture<DrainReport>> draining =
      new AtomicReference<>();

  /**
   * Shows a grid.
   *
   * @param security how its node is protected, with these certificates
   * @param drained ends the process, after an operator had the node hand over all it had
   * @param serverCertificates how those of the servers are
   */
  GridOfNode(
      Grid grid,
      Function<List<CertificateReport>, SecurityFacts> security,
      Runnable drained,
      Supplier<List<CertificateReport>> serverCertificates) {
    this.grid = grid;
    this.security = security;
    this.drained = drained;
    this.serverCertificates = serverCertificates;
  }

  @Override
  public Router router() {
    return grid.router();
  }

  @Override
  public Charter charter() {
    return grid.charter();
  }

  @Override
  public NodeId self() {
    return grid.self();
  }

  @Override
  public List<MemberView> members() {
    return grid.members();
  }

  @Override
  public void operate(Operation operation, AnswerSink back) {
    grid.operate(operation, back);
  }

  @Override
  public void batch(Runnable operations) {
    grid.batch(operations);
  }

  @Override
  public void onTopology(Runnable changed) {
    grid.onTopology(changed);
  }

  @Override
  public Readiness readiness() {
    return grid.readiness();
  }

  @Override
  public CompletionStage<ClusterReport> report() {
    return grid.report();
  }

  @Override
  public CompletionStage<ClusterSight> look() {
    return grid.look();
  }

  @Override
  public SecurityFacts security() {
    return security.apply(certificates());
  }

  @Override
  public StoreBook stores() {
    return grid.stores();
  }

  @Override
  public RuleBook rules() {
    return grid.rules();
  }

  @Override
  public LinkReport links() {
    return grid.links();
  }

  @Override
  public List<CertificateReport> certificates() {
    return Stream.concat(grid.certificates().stream(), serverCertificates.get().stream()).toList();
  }

  @Override
  public CompletionStage<LossReport> acceptLoss() {
    return grid.acceptLoss();
  }

  @Override
  public CompletionStage<SteerReport> steer(MigrationOrder order, List<Integer> shards) {
    return grid.steer(order, shards);
  }

  @Override
  public CompletionStage<PlanReport> plan(List<Weighing> weights) {
    return grid.plan(weights);
  }

  @Override
  public CompletionStage<VerifyReport> verify(List<Integer> shards) {
    return grid.verify(shards);
  }

  @Override
  public CompletionStage<AutoscaleReport> autoscale(int decisions) {
    return grid.autoscale(decisions);
  }

  @Override
  public NodeMeters meters() {
    return grid.meters();
  }

  @Override
  public CompletionStage<MigrationReport> migrations() {
    return grid.migrations();
  }

  @Override
  public CompletionStage<DrainReport> drain(@Nullable Duration within) {
    CompletableFuture<DrainReport> mine = new CompletableFuture<>();
    CompletableFuture<DrainReport> other = draining.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    Thread thread = new Thread(() -> handOver(within, mine), "grid-drain");
    thread.setDaemon(true);
    thread.start();
    return mine;
  }

  private void handOver(@Nullable Duration within, CompletableFuture<DrainReport> told) {
    DrainReport report;
    try {
      report = grid.handOver(within);
    } catch (RuntimeException e) {
      draining.set(null);
      told.completeExceptionally(e);
      return;
    }
    boolean isDone = report.outcome() == DrainReport.Outcome.HANDED_OVER;
    if (!isDone) {
      draining.set(null);
    }
    // Who asked is told first: the answer is on its way when the servers close.
    told.complete(report);
    if (isDone) {
      drained.run();
    }
  }

  @Override
  public void weight(int weight) {
    grid.weight(weight);
  }
}
