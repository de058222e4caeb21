package io.shardgrid.node.access;

import io.shardgrid.key.Charter;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.LossReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.Readiness;
import io.shardgrid.route.Router;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the servers need of the grid. Thread-safe; nothing here blocks. */
public interface GridAccess {

  /** The node's router, whose client stands for all plain connections. */
  Router router();

  /** What was fixed when the cluster was founded. */
  Charter charter();

  /** This node. */
  NodeId self();

  /** The members known now, this node among them. */
  List<MemberView> members();

  /**
   * Carries out an operation that a remote client numbered itself.
   *
   * @param back told once, on any thread, perhaps before this returns; refusals too
   */
  void operate(Operation operation, AnswerSink back);

  /** Has {@code changed} called, on any thread, after the placement or the members changed. */
  void onTopology(Runnable changed);

  /** Whether the node is ready to serve. */
  Readiness readiness();

  /** Asks all members what they hold. */
  CompletionStage<ClusterReport> report();

  /** Lets the shards that are lost begin anew. */
  CompletionStage<LossReport> acceptLoss();
}
