package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.Router;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.List;
import java.util.function.Supplier;

/** Carries operations of remote clients out. Thread-safe. */
final class RemoteOperations {

  private final NodeId self;
  private final Traffic traffic;
  private final Router router;
  private final Supplier<List<MemberView>> members;

  /** Whether remote clients can reach every member, so that nothing has to be forwarded. */
  private volatile boolean isReachableByAll;

  RemoteOperations(
      NodeId self, Traffic traffic, Router router, Supplier<List<MemberView>> members) {
    this.self = self;
    this.traffic = traffic;
    this.router = router;
    this.members = members;
  }

  /** Here, or at a member that has no port for it. */
  void operate(Operation operation, AnswerSink back) {
    if (isReachableByAll) {
      traffic.operate(operation, back);
    } else {
      operateOrForward(operation, back);
    }
  }

  /** The members have changed. */
  void membersChanged() {
    isReachableByAll = members.get().stream().allMatch(member -> member.respPort() != 0);
  }

  private void operateOrForward(Operation operation, AnswerSink back) {
    int shard = operation.shard();
    PlacementEntry entry = shard >= 0 && shard < router.shards() ? router.placement(shard) : null;
    NodeId primary = entry == null ? null : entry.primary();
    if (primary == null || primary.equals(self) || hasRespPort(primary)) {
      traffic.operate(operation, back);
    } else {
      traffic.forward(primary, operation, back);
    }
  }

  private boolean hasRespPort(NodeId node) {
    for (MemberView member : members.get()) {
      if (member.id().equals(node)) {
        return member.respPort() != 0;
      }
    }
    return true;
  }
}
