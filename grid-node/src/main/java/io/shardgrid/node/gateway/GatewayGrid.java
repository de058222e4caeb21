package io.shardgrid.node.gateway;

import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.client.mirror.MirroredClient;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.health.SecurityFacts;
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
import io.shardgrid.rule.RuleView;
import io.shardgrid.sight.ClusterSight;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A mirror as the RESP server sees it: a grid of one node, the gateway, which has all shards. What
 * belongs to the nodes of a cluster is not to be had here. Thread-safe.
 */
final class GatewayGrid implements GridAccess {

  private static final String NOT_HERE =
      "This is a gateway, no node of a grid: ask a node of production or of the canary";
  private static final String NO_NATIVE =
      "The gateway answers commands of Redis only, as it could not keep a GridClient's operations"
          + " from being carried out twice: connect the client to production, or use MirroredClient";

  private final MirroredClient mirror;
  private final Charter charter;
  private final NodeId self;
  private final MemberView member;

  GatewayGrid(MirroredClient mirror, Charter charter, String host, int respPort, int httpPort) {
    this.mirror = mirror;
    this.charter = charter;
    this.self = new NodeId(host, respPort, 1);
    this.member =
        new MemberView(
            self, "gateway", "default", 1, 0, respPort, httpPort, MemberView.Standing.UP);
  }

  @Override
  public Router router() {
    return mirror.router();
  }

  /** Operations carry the name of their connection as a tag, if that is what dyes them. */
  @Override
  public String mapFor(String map, String clientName) {
    return clientName.isEmpty() || mirror.dye().tag().isEmpty()
        ? map
        : MirroredClient.tagged(map, clientName);
  }

  @Override
  public String refusesNative() {
    return NO_NATIVE;
  }

  @Override
  public Charter charter() {
    return charter;
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public List<MemberView> members() {
    return List.of(member);
  }

  @Override
  public void operate(Operation operation, AnswerSink back) {
    back.answered(operation, new Answer.Failed(FailureCode.UNAVAILABLE, NO_NATIVE));
  }

  @Override
  public void batch(Runnable operations) {
    operations.run();
  }

  @Override
  public void onTopology(Runnable changed) {
    // The gateway has all shards as long as it lives.
  }

  @Override
  public Readiness readiness() {
    return new Readiness(List.of());
  }

  @Override
  public SecurityFacts security() {
    return SecurityFacts.UNTOLD;
  }

  @Override
  public LinkReport links() {
    return new LinkReport(0, 0, 0, 0, LinkReport.Refused.NONE, List.of());
  }

  @Override
  public NodeMeters meters() {
    throw new IllegalStateException(NOT_HERE);
  }

  @Override
  public void weight(int weight) {
    throw new IllegalStateException(NOT_HERE);
  }

  @Override
  public CompletionStage<ClusterReport> report() {
    return notHere();
  }

  @Override
  public CompletionStage<ClusterSight> look() {
    return notHere();
  }

  @Override
  public CompletionStage<LossReport> acceptLoss() {
    return notHere();
  }

  @Override
  public CompletionStage<SteerReport> steer(MigrationOrder order, List<Integer> shards) {
    return notHere();
  }

  @Override
  public CompletionStage<PlanReport> plan(List<Weighing> weights) {
    return notHere();
  }

  @Override
  public CompletionStage<VerifyReport> verify(List<Integer> shards) {
    return notHere();
  }

  @Override
  public CompletionStage<AutoscaleReport> autoscale(int decisions) {
    return notHere();
  }

  @Override
  public CompletionStage<MigrationReport> migrations() {
    return notHere();
  }

  @Override
  public CompletionStage<DrainReport> drain(@Nullable Duration within) {
    return notHere();
  }

  @Override
  public StoreBook stores() {
    return StoreBook.NONE;
  }

  /** Rules are called through the gateway, and loaded at a node of each cluster. */
  @Override
  public RuleBook rules() {
    return new RuleBook() {
      @Override
      public CompletionStage<RuleView> load(String name, byte[] module) {
        return notHere();
      }

      @Override
      public CompletionStage<Boolean> drop(String name) {
        return notHere();
      }

      @Override
      public CompletionStage<Boolean> release(String name) {
        return notHere();
      }

      @Override
      public CompletionStage<List<RuleView>> list() {
        return notHere();
      }
    };
  }

  private static <T> CompletionStage<T> notHere() {
    return CompletableFuture.failedStage(new GridUnavailableException(NOT_HERE));
  }
}
