package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.NodeId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberEchoesTest {

  private static final NodeId B = new NodeId("b", 1, 2);
  private static final NodeId C = new NodeId("c", 1, 3);
  private static final NodeId D = new NodeId("d", 1, 4);
  private static final long LEASE = 900;

  private final MemberEchoes echoes = new MemberEchoes();

  @Test
  void isAMajorityAlone() {
    assertThat(echoes.isHeard(0, LEASE)).isTrue();
  }

  @Test
  void needsMoreThanHalfOfAllMembers() {
    echoes.members(Set.of(B, C, D), 0);
    echoes.echoed(B, 1_000);
    assertThat(echoes.isHeard(1_100, LEASE)).isFalse();
    echoes.echoed(C, 1_050);
    assertThat(echoes.isHeard(1_100, LEASE)).isTrue();
  }

  @Test
  void countsFromWhenItAsked() {
    echoes.members(Set.of(B, C), 0);
    echoes.echoed(B, 1_000);
    assertThat(echoes.isHeard(1_899, LEASE)).isTrue();
    assertThat(echoes.isHeard(1_900, LEASE)).isFalse();
  }

  @Test
  void keepsTheLatestOfEachMember() {
    echoes.members(Set.of(B, C), 0);
    echoes.echoed(B, 2_000);
    echoes.echoed(B, 1_000);
    assertThat(echoes.isHeard(2_800, LEASE)).isTrue();
  }

  @Test
  void forgetsWhoIsNoMemberAnyMore() {
    echoes.members(Set.of(B, C), 0);
    echoes.echoed(B, 1_000);
    echoes.members(Set.of(C), 0);
    echoes.echoed(B, 1_000);
    assertThat(echoes.isHeard(1_000, LEASE)).isFalse();
  }

  @Test
  void goesOnForAWhileWhenItIsAloneNoMore() {
    echoes.members(Set.of(B), 5_000);
    assertThat(echoes.isHeard(5_899, LEASE)).isTrue();
    assertThat(echoes.isHeard(5_900, LEASE)).isFalse();
    echoes.members(Set.of(B, C, D), 6_000);
    assertThat(echoes.isHeard(6_001, LEASE)).isFalse();
  }
}
