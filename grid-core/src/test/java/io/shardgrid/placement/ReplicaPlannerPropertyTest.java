package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class ReplicaPlannerPropertyTest {

  private static final int SHARDS = 64;
  private static final int VIRTUAL_NODES = 16;

  @Property(tries = 60)
  void sharesOutReplicasAndPrimariesExactly(
      @ForAll @IntRange(min = 1, max = 9) int nodes,
      @ForAll @IntRange(min = 1, max = 3) int copies) {
    List<MemberView> members = members(nodes, 1);
    List<Goal> goals = plan(copies, new PlacementTable(), members);
    assertThat(goals).hasSize(SHARDS);
    int wanted = Math.min(copies, nodes);
    assertThat(goals).allMatch(goal -> Set.copyOf(goal.replicas()).size() == wanted);
    assertSpread(replicaCounts(goals), nodes);
    assertSpread(primaryCounts(goals), nodes);
  }

  @Property(tries = 60)
  void movesNoMoreThanAJoinNeeds(
      @ForAll @IntRange(min = 1, max = 8) int nodes,
      @ForAll @IntRange(min = 1, max = 3) int copies) {
    PlacementTable table = placed(plan(copies, new PlacementTable(), members(nodes, 1)));
    List<MemberView> more = members(nodes + 1, 1);
    List<Goal> goals = plan(copies, table, more);
    assertSpread(replicaCounts(goals), nodes + 1);
    assertSpread(primaryCounts(goals), nodes + 1);
    NodeId joined = more.get(nodes).id();
    for (Goal goal : goals) {
      List<NodeId> before = entry(table, goal).inSync();
      assertThat(goal.replicas())
          .as("only the one that joined gets copies")
          .allMatch(node -> node.equals(joined) || before.contains(node));
    }
  }

  @Property(tries = 60)
  void replacesTheReplicasOfANodeThatIsGoneAndNoOthers(
      @ForAll @IntRange(min = 3, max = 8) int nodes,
      @ForAll @IntRange(min = 2, max = 3) int copies) {
    List<MemberView> members = members(nodes, 1);
    PlacementTable table = placed(plan(copies, new PlacementTable(), members));
    NodeId gone = members.get(0).id();
    List<Goal> goals = plan(copies, table, members.subList(1, nodes));
    for (Goal goal : goals) {
      PlacementEntry entry = entry(table, goal);
      Set<NodeId> left = new HashSet<>(entry.inSync());
      boolean wasHeld = left.remove(gone);
      Set<NodeId> added = new HashSet<>(goal.replicas());
      added.removeAll(left);
      assertThat(added.size()).isLessThanOrEqualTo(wasHeld ? 2 : 1);
    }
    assertSpread(replicaCounts(goals), nodes - 1);
  }

  @Property(tries = 40)
  void spreadsReplicasOverZones(
      @ForAll @IntRange(min = 2, max = 4) int zones,
      @ForAll @IntRange(min = 1, max = 3) int nodesAZone) {
    List<MemberView> members = members(zones * nodesAZone, zones);
    Map<NodeId, String> zoneOf =
        members.stream().collect(Collectors.toMap(MemberView::id, MemberView::zone));
    for (Goal goal : plan(2, new PlacementTable(), members)) {
      assertThat(goal.replicas().stream().map(zoneOf::get).distinct()).hasSize(2);
    }
  }

  @Property(tries = 40)
  void plansNothingTwice(
      @ForAll @IntRange(min = 1, max = 8) int nodes,
      @ForAll @IntRange(min = 1, max = 3) int copies,
      @ForAll long seed) {
    List<MemberView> members = new ArrayList<>(members(nodes, 3));
    List<Goal> goals = plan(copies, new PlacementTable(), members);
    Collections.shuffle(members, new Random(seed));
    assertThat(plan(copies, new PlacementTable(), members)).isEqualTo(goals);
    List<Goal> again = plan(copies, placed(goals), members);
    for (int shard = 0; shard < SHARDS; shard++) {
      assertThat(Set.copyOf(again.get(shard).replicas()))
          .isEqualTo(Set.copyOf(goals.get(shard).replicas()));
      assertThat(again.get(shard).primary()).isEqualTo(goals.get(shard).primary());
    }
  }

  @Property(tries = 40)
  void leavesANodeOutOfReachWhatItHas(@ForAll @IntRange(min = 3, max = 8) int nodes) {
    List<MemberView> members = members(nodes, 1);
    PlacementTable table = placed(plan(2, new PlacementTable(), members));
    Set<NodeId> takers = ids(members.subList(1, nodes));
    List<Goal> goals = new ReplicaPlanner(SHARDS, 2, VIRTUAL_NODES).plan(table, members, takers);
    for (Goal goal : goals) {
      assertThat(Set.copyOf(goal.replicas())).isEqualTo(Set.copyOf(entry(table, goal).inSync()));
    }
  }

  private static List<Goal> plan(int copies, PlacementTable table, List<MemberView> members) {
    return new ReplicaPlanner(SHARDS, copies, VIRTUAL_NODES).plan(table, members, ids(members));
  }

  private static Set<NodeId> ids(Collection<MemberView> members) {
    return members.stream().map(MemberView::id).collect(Collectors.toSet());
  }

  private static PlacementEntry entry(PlacementTable table, Goal goal) {
    PlacementEntry entry = table.entry(goal.shard());
    assertThat(entry).isNotNull();
    return java.util.Objects.requireNonNull(entry);
  }

  private static PlacementTable placed(List<Goal> goals) {
    PlacementTable table = new PlacementTable();
    for (Goal goal : goals) {
      long epoch = Epoch.of(1, goal.shard() + 1);
      table.merge(
          new PlacementEntry(
              goal.shard(), epoch, epoch, Epoch.NONE, goal.primary(), goal.replicas()));
    }
    return table;
  }

  private static Map<NodeId, Integer> replicaCounts(List<Goal> goals) {
    Map<NodeId, Integer> counts = new TreeMap<>();
    goals.forEach(goal -> goal.replicas().forEach(node -> counts.merge(node, 1, Integer::sum)));
    return counts;
  }

  private static Map<NodeId, Integer> primaryCounts(List<Goal> goals) {
    Map<NodeId, Integer> counts = new TreeMap<>();
    goals.forEach(goal -> counts.merge(goal.primary(), 1, Integer::sum));
    return counts;
  }

  private static void assertSpread(Map<NodeId, Integer> counts, int nodes) {
    assertThat(counts).hasSize(nodes);
    int most = Collections.max(counts.values());
    int least = Collections.min(counts.values());
    assertThat(most - least).as("counts: %s", counts).isLessThanOrEqualTo(1);
  }

  private static List<MemberView> members(int count, int zones) {
    List<MemberView> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NodeId id = new NodeId("10.0.0." + i, 10171, i);
      members.add(new MemberView(id, "n" + i, "zone" + i % zones, 1, 1, 0, 0, Standing.UP));
    }
    return members;
  }
}
