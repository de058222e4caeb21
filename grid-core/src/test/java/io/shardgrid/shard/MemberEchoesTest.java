package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
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

  /** The answers of many come one by one; when a majority's are there must not depend on how. */
  @Test
  void countsAsIfItSortedAllAnswersEachTime() {
    for (int seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      List<NodeId> nodes =
          IntStream.range(0, 1 + random.nextInt(12)).mapToObj(i -> new NodeId("n", i, i)).toList();
      MemberEchoes counted = new MemberEchoes();
      Map<NodeId, Long> latest = new HashMap<>();
      // Nobody was there before, and that counts for a while: not at these times.
      counted.members(Set.copyOf(nodes), -10_000);
      for (int i = 0; i < 200; i++) {
        NodeId from = nodes.get(random.nextInt(nodes.size()));
        long sent = 10L * i - random.nextInt(60);
        counted.echoed(from, sent);
        latest.merge(from, sent, Math::max);
        long now = 10L * i;
        assertThat(counted.isHeard(now, 40))
            .as("seed %d", seed)
            .isEqualTo(isHeard(nodes, latest, now));
      }
    }
  }

  private static boolean isHeard(List<NodeId> others, Map<NodeId, Long> latest, long now) {
    long heard =
        others.stream().filter(n -> latest.containsKey(n) && now - latest.get(n) < 40).count();
    return 2 * (heard + 1) > others.size() + 1;
  }
}
