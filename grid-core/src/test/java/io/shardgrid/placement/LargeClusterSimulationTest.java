package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.LargePlan.Difference;
import io.shardgrid.placement.LargePlan.Spread;
import io.shardgrid.placement.RegisterMessage.Accept;
import io.shardgrid.placement.RegisterMessage.Prepare;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plans, and an authority with its registers, for more nodes than other tests have; {@code
 * -Dgrid.test.nodes=1000} for a large cluster, {@code -Dgrid.test.seed=17} for other nodes. What is
 * asserted is how much is said and moved, and that does not depend on the machine.
 */
final class LargeClusterSimulationTest {

  private static final int NODES = Integer.getInteger("grid.test.nodes", 100);
  private static final int SHARDS = Math.min(16_384, 16 * NODES);
  private static final int COPIES = 2;
  private static final long SEED = Long.getLong("grid.test.seed", 1);

  private final NodeId someNode = members(1).get(NODES / 2).id();

  @BeforeEach
  void printSeed() {
    System.out.println("-Dgrid.test.nodes=" + NODES + " -Dgrid.test.seed=" + SEED);
  }

  private static List<MemberView> members(int zones) {
    return LargePlan.members(NODES, zones, SEED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void plansEvenly(int zones) {
    List<MemberView> members = members(zones);
    List<Goal> goals = LargePlan.plan(SHARDS, new PlacementTable(), members);
    assertThat(goals).hasSize(SHARDS);
    assertEven(LargePlan.replicas(goals, members));
    assertEven(LargePlan.primaries(goals, members));
    assertThat(LargePlan.sharingAZone(goals, members)).isEqualTo(zones == 1 ? SHARDS : 0);
    List<Goal> again = LargePlan.plan(SHARDS, LargePlan.placed(goals), members);
    assertThat(LargePlan.difference(LargePlan.placed(goals), again))
        .isEqualTo(new Difference(0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void movesTheShareOfTheOneThatJoinsAndNoMore(int zones) {
    PlacementTable placed = placed(zones);
    List<MemberView> more = new ArrayList<>(members(zones));
    more.add(LargePlan.member(NODES, zones, SEED));
    List<Goal> goals = LargePlan.plan(SHARDS, placed, more);
    assertEven(LargePlan.replicas(goals, more));
    assertEven(LargePlan.primaries(goals, more));
    int share = SHARDS * COPIES / more.size();
    assertThat(LargePlan.difference(placed, goals).copied()).isBetween(share, share + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void makesTheCopiesAnewThatWereLost(int zones) {
    PlacementTable placed = placed(zones);
    List<MemberView> fewer =
        members(zones).stream().filter(one -> !one.id().equals(someNode)).toList();
    long lost = held(placed, someNode);
    PlacementTable left = LargePlan.without(someNode, placed);
    List<Goal> goals = LargePlan.plan(SHARDS, left, fewer);
    assertEven(LargePlan.primaries(goals, fewer));
    assertThat(LargePlan.sharingAZone(goals, fewer)).isEqualTo(zones == 1 ? SHARDS : 0);
    assertThat(LargePlan.difference(left, goals).copied())
        .isBetween((int) lost, (int) (lost + lost / 2));
  }

  private static PlacementTable placed(int zones) {
    return LargePlan.placed(LargePlan.plan(SHARDS, new PlacementTable(), members(zones)));
  }

  private static long held(PlacementTable table, NodeId node) {
    return table.entries().stream().filter(entry -> entry.inSync().contains(node)).count();
  }

  private static void assertEven(Spread spread) {
    assertThat(spread.most() - spread.least()).as("%s", spread).isLessThanOrEqualTo(1);
  }

  private static LargeCluster founded() {
    LargeCluster cluster = new LargeCluster(SHARDS, members(1));
    cluster.found();
    return cluster;
  }

  @Test
  void foundsByOneWrite() {
    LargeCluster cluster = founded();
    assertThat(cluster.known().entries()).hasSize(SHARDS);
    assertThat(cluster.commits()).isEqualTo(1);
    assertThat(cluster.sent().of(Prepare.class)).isEqualTo(NODES);
    assertThat(cluster.sent().withEntries(Accept.class)).isEqualTo(NODES);
    assertThat(cluster.sent().of(Placed.class)).isEqualTo(NODES);
  }

  @Test
  void saysTheTableOnceAndThenWhatMovesToTheOneThatJoins() {
    LargeCluster cluster = founded();
    cluster.clearCounts();
    MemberView late = LargePlan.member(NODES, 1, SEED);
    cluster.join(late);
    long members = NODES + 1L;
    int share = SHARDS * COPIES / (NODES + 1);
    assertThat(held(cluster.known(), late.id())).isBetween((long) share, share + 1L);
    assertThat(cluster.copies()).isBetween(share, share + 1);
    // The table again, to all; each commit to all, and to the newcomer what it lacks.
    assertThat(cluster.sent().withEntries(Accept.class))
        .isEqualTo((cluster.commits() + 1L) * members);
    assertThat(cluster.sent().of(Placed.class)).isBetween(members, cluster.commits() * members + 1);
    assertThat(cluster.sent().entries()).isLessThan(3L * SHARDS * members);
  }

  @Test
  void servesTheShardsOfOneThatCrashedByOneWrite() {
    LargeCluster cluster = founded();
    long held = held(cluster.known(), someNode);
    cluster.clearCounts();
    cluster.crash(someNode);
    assertThat(cluster.commits()).isEqualTo(1);
    assertThat(held(cluster.known(), someNode)).isZero();
    assertThat(cluster.known().entries()).noneMatch(PlacementEntry::isLost);
    cluster.remove(someNode);
    assertThat(cluster.copies()).isBetween((int) held, (int) (held + held / 2));
    assertThat(cluster.known().entries()).allMatch(entry -> entry.inSync().size() == COPIES);
  }

  @Test
  void readsEveryRegisterWhenTheAuthorityIsAnother() {
    LargeCluster cluster = founded();
    List<PlacementEntry> before = List.copyOf(cluster.known().entries());
    cluster.clearCounts();
    cluster.failOver();
    assertThat(List.copyOf(cluster.known().entries())).isEqualTo(before);
    // One term is taken, the next one is promised.
    assertThat(cluster.sent().of(Prepare.class)).isEqualTo(2L * NODES);
    assertThat(cluster.answered().of(Promise.class)).isEqualTo(NODES);
    assertThat(cluster.sent().withEntries(Accept.class)).isEqualTo(NODES);
    assertThat(cluster.sent().of(Placed.class)).isEqualTo(NODES);
    assertThat(Objects.requireNonNull(cluster.known().entry(0)).inSync()).hasSize(COPIES);
  }
}
