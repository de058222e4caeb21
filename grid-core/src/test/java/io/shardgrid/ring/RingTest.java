package io.shardgrid.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.key.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RingTest {

  @Test
  void isTheSameOnEveryMachine() {
    Ring ring = Ring.of(List.of(member("a", 1), member("b", 1), member("c", 1)), 128);
    StringBuilder owners = new StringBuilder();
    for (int shard = 0; shard < 32; shard++) {
      owners.append(ring.preference(shard).get(0).host());
    }
    // Written down once: nodes of different versions must agree.
    assertThat(owners.toString()).isEqualTo("accacbaacbcabbbcaabbbbcbccccccba");
  }

  @Test
  void givesPointsByWeight() {
    Ring ring = Ring.of(List.of(member("a", 1), member("b", 2), member("c", 1)), 512);
    Map<String, Integer> owned = new HashMap<>();
    for (int shard = 0; shard < 16_384; shard++) {
      owned.merge(ring.preference(shard).get(0).host(), 1, Integer::sum);
    }
    assertThat(owned.get("a")).isBetween(3_600, 4_600);
    assertThat(owned.get("b")).isBetween(7_400, 9_000);
    assertThat(owned.get("c")).isBetween(3_600, 4_600);
  }

  @Test
  void leavesOutMembersWithoutWeight() {
    Ring ring = Ring.of(List.of(member("a", 1), member("witness", 0)), 16);
    assertThat(ring.preference(7)).containsExactly(member("a", 1).id());
  }

  @Test
  void prefersNobodyWhenNobodyHasWeight() {
    assertThat(Ring.of(List.of(), 16).preference(0)).isEmpty();
    assertThat(Ring.of(List.of(member("witness", 0)), 16).preference(0)).isEmpty();
  }

  @Test
  void namesWhatIsWrong() {
    assertThatThrownBy(() -> Ring.of(List.of(), 0)).hasMessageContaining("virtualNodes=0");
    assertThatThrownBy(() -> member("a", -1)).hasMessageContaining("node=a, weight=-1");
  }

  private static Ring.Member member(String name, int weight) {
    return new Ring.Member(new NodeId(name, 10171, 1), name, "z", weight);
  }
}
