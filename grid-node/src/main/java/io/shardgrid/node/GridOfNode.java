package io.shardgrid.node;

import io.shardgrid.Grid;
import io.shardgrid.key.Charter;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.LossReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.Readiness;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.route.Router;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The node's grid as its servers see it. Thread-safe. */
record GridOfNode(Grid grid) implements GridAccess {

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
  public CompletionStage<LossReport> acceptLoss() {
    return grid.acceptLoss();
  }
}
