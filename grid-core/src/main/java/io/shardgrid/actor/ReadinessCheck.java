package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.Readiness;
import io.shardgrid.net.PeerLinks;
import io.shardgrid.route.Router;
import java.util.ArrayList;
import java.util.List;

/** Finds out what a node is still missing. */
final class ReadinessCheck {

  private ReadinessCheck() {}

  static Readiness of(
      NodeId self, List<MemberView> members, Router router, PeerLinks links, Seats seats) {
    List<String> reasons = new ArrayList<>();
    if (members.stream().noneMatch(m -> m.id().equals(self) && m.standing() == Standing.UP)) {
      reasons.add("this node is not up");
    }
    for (MemberView member : members) {
      boolean isNeeded = !member.id().equals(self) && member.standing() == Standing.UP;
      if (isNeeded && !links.isOpen(member.id())) {
        reasons.add("no link to member " + member.name());
      }
    }
    addShards(self, router, seats, reasons);
    return new Readiness(reasons);
  }

  private static void addShards(NodeId self, Router router, Seats seats, List<String> reasons) {
    int unplaced = 0;
    int waiting = 0;
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      if (entry == null) {
        unplaced++;
      } else if (self.equals(entry.primary()) && seats.taken(shard) != entry.seat()) {
        waiting++;
      }
    }
    if (unplaced > 0) {
      reasons.add("the placement is not known of " + unplaced + " shards");
    }
    if (waiting > 0) {
      reasons.add(waiting + " shards of this node do not serve yet");
    }
  }
}
