package io.shardgrid.node.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.wire.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedundancyTest {

  @Test
  void isWholeWithAllShardsAndAllBackups() {
    assertThat(Redundancy.isWhole(page(member(3, 5), member(5, 3)), 2, 1)).isTrue();
    assertThat(Redundancy.isWhole(page(member(3, 5), member(5, 2)), 2, 1)).isFalse();
    assertThat(Redundancy.isWhole(page(member(3, 5), member(4, 3)), 2, 1)).isFalse();
    assertThat(Redundancy.isWhole(page(member(3, 5), member(5, 3)), 3, 1)).isFalse();
  }

  @Test
  void wantsNoMoreBackupsThanThereAreOtherMembers() {
    assertThat(Redundancy.isWhole(page(member(4, 4), member(4, 4)), 2, 2)).isTrue();
    assertThat(Redundancy.isWhole(page(member(8, 0)), 1, 1)).isTrue();
  }

  @Test
  void isNotWholeWithALostShardOrASilentMember() {
    ClusterPage.Member silent =
        new ClusterPage.Member("b", "", ports(), 1, "up", false, 4, 4, 0, 0, 0);

    assertThat(Redundancy.isWhole(page(member(4, 4), silent), 2, 1)).isFalse();
    assertThat(
            Redundancy.isWhole(
                new ClusterPage("c", "a", 8, List.of(3), List.of(member(4, 4), member(4, 4))),
                2,
                1))
        .isFalse();
  }

  @Test
  void isBalancedWithEqualShares() {
    assertThat(Redundancy.isBalanced(page(member(4, 4), member(4, 4)), 2, 1)).isTrue();
    assertThat(Redundancy.isBalanced(page(member(5, 3), member(3, 5)), 2, 1)).isTrue();
    assertThat(Redundancy.isBalanced(page(member(6, 2), member(2, 6)), 2, 1)).isFalse();
  }

  @Test
  void isBalancedAsAClientIsTold() {
    assertThat(Redundancy.isBalanced(topology(2, "ab", "ba"), 2, 1)).isTrue();
    assertThat(Redundancy.isBalanced(topology(2, "ab", "b"), 2, 1)).isFalse();
    assertThat(Redundancy.isBalanced(topology(2, "ab", "abc"), 2, 1)).isFalse();
    assertThat(Redundancy.isBalanced(topology(3, "ab", "ba"), 3, 1)).isFalse();
    assertThat(Redundancy.isBalanced(topology(2, "ab", "ab", "ab", "ba"), 2, 1)).isTrue();
    assertThat(Redundancy.isBalanced(topology(2, "ab", "ab", "ab", "ab"), 2, 1)).isFalse();
  }

  /** Members of which each shard has these, its primary first. */
  private static Topology topology(int members, String... shards) {
    List<PlacementEntry> placement = new ArrayList<>();
    for (String replicas : shards) {
      List<NodeId> nodes = replicas.chars().mapToObj(RedundancyTest::node).toList();
      placement.add(new PlacementEntry(placement.size(), 1, 1, 0, nodes.get(0), nodes));
    }
    return new Topology(
        new Charter("c", shards.length, 1, 0),
        "abc".chars().limit(members).mapToObj(RedundancyTest::view).toList(),
        placement);
  }

  private static MemberView view(int name) {
    return new MemberView(node(name), "", "", 1, 1, 1, 1, MemberView.Standing.UP);
  }

  private static NodeId node(int name) {
    return new NodeId("127.0.0.1", name, 1);
  }

  private static ClusterPage page(ClusterPage.Member... members) {
    return new ClusterPage("c", "a", 8, List.of(), List.of(members));
  }

  private static ClusterPage.Member member(int shards, int backups) {
    return new ClusterPage.Member("a", "", ports(), 1, "up", true, shards, backups, 0, 0, 0);
  }

  private static ClusterPage.Ports ports() {
    return new ClusterPage.Ports(0, 0, 0, 0);
  }
}
