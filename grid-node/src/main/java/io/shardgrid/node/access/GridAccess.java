package io.shardgrid.node.access;

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
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.PlanReport.Weighing;
import io.shardgrid.key.Readiness;
import io.shardgrid.key.SteerReport;
import io.shardgrid.key.VerifyReport;
import io.shardgrid.loader.StoreBook;
import io.shardgrid.metrics.MeteredGrid;
import io.shardgrid.route.Router;
import io.shardgrid.rule.RuleBook;
import io.shardgrid.sight.ClusterSight;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the servers need of the grid. Thread-safe; nothing here blocks. */
public interface GridAccess extends MeteredGrid {

  /** The node's router, whose client stands for all plain connections. */
  Router router();

  /**
   * The name under which {@link #router} is asked for a map, for a client of that name; its own
   * unless clients are told apart.
   */
  default String mapFor(String map, String clientName) {
    return map;
  }

  /** Why clients of the native protocol are refused; empty if they are not. */
  default String refusesNative() {
    return "";
  }

  /** What was fixed when the cluster was founded. */
  Charter charter();

  /** This node. */
  @Override
  NodeId self();

  /** The members known now, this node among them. */
  List<MemberView> members();

  /**
   * Carries out an operation that a remote client numbered itself.
   *
   * @param back told once, on any thread, perhaps before this returns; refusals too
   */
  void operate(Operation operation, AnswerSink back);

  /** The rules of the cluster. */
  RuleBook rules();

  /** The stores behind maps. */
  StoreBook stores();

  /** Runs what hands over several operations, on this thread; not within another batch. */
  void batch(Runnable operations);

  /** Has {@code changed} called, on any thread, after the placement or the members changed. */
  void onTopology(Runnable changed);

  /** Whether the node is ready to serve. */
  Readiness readiness();

  /** Asks all members what they hold. */
  CompletionStage<ClusterReport> report();

  /** Looks at the whole cluster: asks all members and the authority. */
  CompletionStage<ClusterSight> look();

  /** How this node is protected, as far as it knows. */
  SecurityFacts security();

  /** What this node's links to its peers have done. */
  LinkReport links();

  /** How the certificates of this node are; none where nothing speaks TLS. */
  default List<CertificateReport> certificates() {
    return List.of();
  }

  /** Lets the shards that are lost begin anew. */
  CompletionStage<LossReport> acceptLoss();

  /**
   * Shows the moves of shards, or has them steered.
   *
   * @param shards what is to be cancelled; none for all
   * @throws IllegalArgumentException if there is no such shard
   */
  CompletionStage<SteerReport> steer(MigrationOrder order, List<Integer> shards);

  /**
   * What the planner would still do, if members had these weights.
   *
   * @throws io.shardgrid.failure.GridConfigException if a weight is none
   */
  CompletionStage<PlanReport> plan(List<Weighing> weights);

  /**
   * Compares backups with their primaries.
   *
   * @param shards none for all
   * @throws IllegalArgumentException if there is no such shard
   */
  CompletionStage<VerifyReport> verify(List<Integer> shards);

  /**
   * What the autoscaler of the cluster knows and has decided. Fails with {@code
   * GridUnavailableException} if it does not answer.
   *
   * @param decisions the last ones, so many at most
   */
  @Override
  CompletionStage<AutoscaleReport> autoscale(int decisions);

  /**
   * Hands this node's shards over; if all are handed over, the process ends. Whoever asks while it
   * is under way gets the same stage.
   *
   * @param within how long that may take at most; null for what is set
   */
  CompletionStage<DrainReport> drain(@Nullable Duration within);

  /**
   * Changes this node's share of the data.
   *
   * @throws io.shardgrid.failure.GridConfigException unless it is 0 to 1000
   */
  void weight(int weight);
}
