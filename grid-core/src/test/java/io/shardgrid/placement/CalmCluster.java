package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must hold of a cluster in which nothing has failed for a while. */
final class CalmCluster {

  private final List<SimulatedNode> members;
  private final CommitLedger ledger;
  private final int shards;

  CalmCluster(List<SimulatedNode> members, CommitLedger ledger, int shards) {
    this.members = members;
    this.ledger = ledger;
    this.shards = shards;
  }

  void check() {
    if (ledger.isEmpty()) {
      return;
    }
    List<PlacementEntry> newest = List.copyOf(ledger.newest().entries());
    List<Authority> authorities =
        members.stream().map(node -> node.authority).filter(a -> a != null).toList();
    assertThat(authorities).as("authorities").hasSize(1);
    assertThat(authorities.get(0).phase()).isEqualTo(AuthorityPhase.GOVERNING);
    assertThat(List.copyOf(authorities.get(0).placement())).as("authority").isEqualTo(newest);
    assertThat(newest).hasSize(shards);
    for (SimulatedNode node : members) {
      assertThat(List.copyOf(node.known.entries())).as(node.self.name()).isEqualTo(newest);
    }
    newest.forEach(this::checkSeat);
    checkQuotas();
  }

  /** Exactly the named primary acts. */
  private void checkSeat(PlacementEntry entry) {
    boolean isMember = members.stream().anyMatch(node -> node.id.equals(entry.primary()));
    assertThat(isMember || entry.isLost()).as("primary is a member: %s", entry).isTrue();
    for (SimulatedNode node : members) {
      SimulatedNode.Seat seat = node.seats.get(entry.shard());
      if (node.id.equals(entry.primary())) {
        assertThat(seat == null ? Epoch.NONE : seat.seat())
            .as("primary acts: %s", entry)
            .isEqualTo(entry.seat());
      } else {
        assertThat(seat).as("%s acts: %s", node.self.name(), entry).isNull();
      }
    }
  }

  private void checkQuotas() {
    List<MemberView> view = members.get(0).view;
    Map<NodeId, Integer> weights = new TreeMap<>();
    Set<NodeId> leaving = new HashSet<>();
    for (MemberView member : view) {
      if (member.isEligible()) {
        weights.put(member.id(), member.weight());
      } else if (member.standing() == Standing.LEAVING) {
        leaving.add(member.id());
      }
    }
    Map<NodeId, Integer> held = ledger.newest().primaries();
    int total =
        held.entrySet().stream()
            .filter(e -> weights.containsKey(e.getKey()) || leaving.contains(e.getKey()))
            .mapToInt(Map.Entry::getValue)
            .sum();
    Map<NodeId, Integer> quotas = Quotas.share(total, weights, held);
    boolean hasRoom =
        quotas.entrySet().stream().anyMatch(e -> e.getValue() > held.getOrDefault(e.getKey(), 0));
    int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
    for (SimulatedNode node : members) {
      // Rounded up: which of equal remainders gets one more may differ from the plan's day.
      int quotaMax = sum == 0 ? 0 : (total * weights.getOrDefault(node.id, sum) + sum - 1) / sum;
      boolean mustGive = leaving.contains(node.id) || quotaMax < held.getOrDefault(node.id, 0);
      if (hasRoom && mustGive) {
        assertThat(node.seats.values())
            .as("%s holds no unwritten shard too many: %s", node.self.name(), quotas)
            .allMatch(seat -> seat.length() > 0);
      }
    }
  }
}
