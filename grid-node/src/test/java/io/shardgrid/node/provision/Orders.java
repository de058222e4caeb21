package io.shardgrid.node.provision;

import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Orders, and members of a cluster that gets them. */
final class Orders {

  static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

  private static final int SECONDS_MAX = 60;

  private Orders() {}

  static ScaleOrder growth(long number, int before, int nodes) {
    return new ScaleOrder(number, before, nodes, "", AT);
  }

  static ScaleOrder removal(long number, int before, String leaving) {
    return new ScaleOrder(number, before, before - 1, leaving, AT);
  }

  static MemberView member(String name, Standing standing) {
    int port = 10_000 + Math.floorMod(name.hashCode(), 10_000);
    return new MemberView(
        new NodeId("127.0.0.1", port, 1), name, "default", 1, port + 1, 7171, 8171, standing);
  }

  /** Members that are up. */
  static List<MemberView> members(String... names) {
    List<MemberView> members = new ArrayList<>();
    for (String name : names) {
      members.add(member(name, Standing.UP));
    }
    return members;
  }

  /** What becomes of an order. */
  static Provision carriedOut(Actuator actuator, ScaleOrder order, List<MemberView> members) {
    return actuator
        .carryOut(order, members)
        .toCompletableFuture()
        .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
        .join();
  }
}
