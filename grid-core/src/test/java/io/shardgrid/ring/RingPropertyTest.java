package io.shardgrid.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class RingPropertyTest {

  private static final int SHARDS = 256;
  private static final int VIRTUAL_NODES = 64;

  @Property(tries = 200)
  void movesShardsOnlyToTheNodeThatWasAdded(
      @ForAll @IntRange(min = 1, max = 8) int nodes,
      @ForAll @IntRange(min = 1, max = 4) int weight,
      @ForAll int salt) {
    List<Ring.Member> members = members(nodes, salt);
    Ring.Member added = member(nodes, salt, "z0", weight);
    Ring before = Ring.of(members, VIRTUAL_NODES);
    members.add(added);
    Ring after = Ring.of(members, VIRTUAL_NODES);
    for (int shard = 0; shard < SHARDS; shard++) {
      NodeId owner = after.preference(shard).get(0);
      assertThat(owner).isIn(before.preference(shard).get(0), added.id());
    }
  }

  @Property(tries = 200)
  void keepsTheOrderOfTheOthersWhenANodeGoes(
      @ForAll @IntRange(min = 2, max = 8) int nodes, @ForAll int salt) {
    List<Ring.Member> members = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      members.add(member(i, salt, "one zone", 1));
    }
    Ring before = Ring.of(members, VIRTUAL_NODES);
    NodeId gone = members.remove(0).id();
    Ring after = Ring.of(members, VIRTUAL_NODES);
    for (int shard = 0; shard < SHARDS; shard++) {
      List<NodeId> left = new ArrayList<>(before.preference(shard));
      left.remove(gone);
      assertThat(after.preference(shard)).isEqualTo(left);
    }
  }

  @Property(tries = 200)
  void dependsNeitherOnTheOrderNorOnTheIncarnation(
      @ForAll @IntRange(min = 1, max = 8) int nodes, @ForAll int salt) {
    List<Ring.Member> members = members(nodes, salt);
    List<Ring.Member> restarted =
        new ArrayList<>(
            members.stream()
                .map(m -> new Ring.Member(restarted(m.id()), m.name(), m.zone(), m.weight()))
                .toList());
    Collections.shuffle(restarted, new Random(salt));
    Ring one = Ring.of(members, VIRTUAL_NODES);
    Ring other = Ring.of(restarted, VIRTUAL_NODES);
    for (int shard = 0; shard < SHARDS; shard++) {
      assertThat(other.preference(shard))
          .isEqualTo(one.preference(shard).stream().map(RingPropertyTest::restarted).toList());
    }
  }

  @Property(tries = 200)
  void namesEachNodeOnceAndAlternatesZones(
      @ForAll @IntRange(min = 1, max = 9) int nodes, @ForAll int salt) {
    List<Ring.Member> members = members(nodes, salt);
    Ring ring = Ring.of(members, VIRTUAL_NODES);
    int zones = Math.min(3, nodes);
    for (int shard = 0; shard < SHARDS; shard++) {
      List<NodeId> order = ring.preference(shard);
      assertThat(order).hasSize(nodes).doesNotHaveDuplicates();
      Set<String> nearest = new HashSet<>();
      order.subList(0, zones).forEach(node -> nearest.add(zoneOf(node, members)));
      assertThat(nearest).hasSize(zones);
    }
  }

  private static List<Ring.Member> members(int nodes, int salt) {
    List<Ring.Member> members = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      members.add(member(i, salt, "z" + i % 3, 1 + (i + (salt & 1)) % 3));
    }
    return members;
  }

  private static Ring.Member member(int number, int salt, String zone, int weight) {
    NodeId id = new NodeId("host" + salt, 10171 + number, 99);
    return new Ring.Member(id, "n" + number, zone, weight);
  }

  private static NodeId restarted(NodeId id) {
    return new NodeId(id.host(), id.port(), id.uid() + 1);
  }

  private static String zoneOf(NodeId id, List<Ring.Member> members) {
    return members.stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow().zone();
  }
}
