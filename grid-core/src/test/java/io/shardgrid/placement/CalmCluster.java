package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of a cluster in which nothing has failed for a while. */
final class CalmCluster {

  private final List<SimulatedNode> members;
  private final CommitLedger ledger;
  private final int shards;
  private final int backups;

  CalmCluster(List<SimulatedNode> members, CommitLedger ledger, int shards, int backups) {
    this.members = members;
    this.ledger = ledger;
    this.shards = shards;
    this.backups = backups;
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
    checkReplicas();
  }

  /** Exactly the named primary acts. */
  private void checkSeat(PlacementEntry entry) {
    boolean isMember = members.stream().anyMatch(node -> node.id.equals(entry.primary()));
    assertThat(isMember || entry.isLost()).as("primary is a member: %s", entry).isTrue();
    for (SimulatedNode node : members) {
      Long seat = node.seats.get(entry.shard());
      if (node.id.equals(entry.primary())) {
        assertThat(seat).as("primary acts: %s", entry).isEqualTo(entry.seat());
      } else {
        assertThat(seat).as("%s acts: %s", node.self.name(), entry).isNull();
      }
    }
  }

  /**
   * Every shard that is not lost has as many replicas as it should, on nodes that may hold them.
   */
  private void checkReplicas() {
    Set<NodeId> able =
        members.get(0).view.stream()
            .filter(member -> member.isEligible() && member.weight() > 0)
            .map(MemberView::id)
            .collect(Collectors.toSet());
    if (able.isEmpty()) {
      return;
    }
    for (PlacementEntry entry : ledger.newest().entries()) {
      if (!entry.isLost()) {
        assertThat(entry.inSync())
            .as("in sync: %s", entry)
            .hasSize(Math.min(backups + 1, able.size()))
            .isSubsetOf(able);
      }
    }
  }
}
