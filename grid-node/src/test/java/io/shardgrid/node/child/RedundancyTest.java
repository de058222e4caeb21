package io.shardgrid.node.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.ClusterPage;
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
