package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.placement.Planner.Change;
import io.shardgrid.ring.Ring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

final class PlannerPropertyTest {

  private static final int SHARDS = 256;
  private static final int VIRTUAL_NODES = 32;
  private static final Set<Integer> ALL = shardsWhere(1, 0);

  private final Planner planner = new Planner(SHARDS, VIRTUAL_NODES);

  @Provide
  Arbitrary<List<Integer>> weights() {
    return Arbitraries.integers().between(1, 4).list().ofMinSize(1).ofMaxSize(9);
  }

  @Property(tries = 100)
  void foundsEveryShardInExactShares(@ForAll("weights") List<Integer> weights) {
    PlacementTable table = founded(members(weights));
    assertThat(table.entries()).hasSize(SHARDS);
    int sum = weights.stream().mapToInt(Integer::intValue).sum();
    for (MemberView member : members(weights)) {
      double exact = (double) SHARDS * member.weight() / sum;
      assertThat((double) table.primaries().getOrDefault(member.id(), 0))
          .isBetween(Math.floor(exact), Math.ceil(exact));
    }
  }

  @Property(tries = 100)
  void movesTheTheoreticalMinimumAtAJoin(
      @ForAll("weights") List<Integer> weights, @ForAll @IntRange(min = 1, max = 4) int weight) {
    PlacementTable table = founded(members(weights));
    List<Integer> more = new ArrayList<>(weights);
    more.add(weight);
    List<MemberView> members = members(more);
    NodeId joined = members.get(weights.size()).id();
    List<Change> changes = planner.plan(table, members, Set.of(), ALL);
    assertThat(changes).hasSize(leastMoves(table, members));
    assertThat(changes).allMatch(change -> change.primary().equals(joined));
    assertQuotasAreMet(applied(table, changes), members);
  }

  @Property(tries = 100)
  void prefersShardsThatTheRingGivesToTheTarget(@ForAll("weights") List<Integer> weights) {
    PlacementTable table = founded(members(weights));
    List<Integer> more = new ArrayList<>(weights);
    more.add(2);
    List<MemberView> members = members(more);
    NodeId joined = members.get(weights.size()).id();
    Ring ring = Ring.of(members.stream().map(PlannerPropertyTest::onRing).toList(), VIRTUAL_NODES);
    List<Change> changes = planner.plan(table, members, Set.of(), ALL);
    long matched =
        changes.stream().filter(change -> first(ring, change.shard()).equals(joined)).count();
    Set<Integer> wanted =
        ALL.stream().filter(s -> first(ring, s).equals(joined)).collect(Collectors.toSet());
    int obtainable =
        quotas(table, members).entrySet().stream().mapToInt(q -> movable(q, table, wanted)).sum();
    assertThat(matched).isEqualTo(Math.min(obtainable, changes.size()));
  }

  @Property(tries = 100)
  void movesOnlyUnwrittenShardsAndAsManyAsItCan(
      @ForAll("weights") List<Integer> weights,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll long seed) {
    PlacementTable table = founded(members(weights));
    List<Integer> more = new ArrayList<>(weights);
    more.add(1);
    List<MemberView> members = members(more);
    Set<Integer> unwritten = shardsWhere(share, seed);
    List<Change> changes = planner.plan(table, members, Set.of(), unwritten);
    assertThat(unwritten).containsAll(changes.stream().map(Change::shard).toList());
    Map<NodeId, Integer> quotas = quotas(table, members);
    int movable =
        quotas.entrySet().stream().mapToInt(quota -> movable(quota, table, unwritten)).sum();
    assertThat(changes).hasSize(Math.min(movable, leastMoves(table, members)));
  }

  @Property(tries = 100)
  void emptiesALeavingMember(@ForAll("weights") List<Integer> weights) {
    List<Integer> more = new ArrayList<>(weights);
    more.add(2);
    PlacementTable table = founded(members(more));
    NodeId leaving = members(more).get(weights.size()).id();
    int held = table.primaries().getOrDefault(leaving, 0);
    List<Change> changes = planner.plan(table, members(weights), Set.of(leaving), ALL);
    assertThat(applied(table, changes).primaries()).doesNotContainKey(leaving);
    assertThat(changes.size()).isGreaterThanOrEqualTo(held);
    assertThat(changes).hasSize(leastMoves(table, members(weights)));
  }

  @Property(tries = 50)
  void plansNothingTwice(@ForAll("weights") List<Integer> weights) {
    List<MemberView> members = members(weights);
    assertThat(planner.plan(founded(members), members, Set.of(), ALL)).isEmpty();
  }

  @Property(tries = 50)
  void doesNotDependOnTheOrderOfMembers(
      @ForAll("weights") List<Integer> weights, @ForAll long seed) {
    List<MemberView> members = new ArrayList<>(members(weights));
    List<Change> one = planner.plan(new PlacementTable(), members, Set.of(), Set.of());
    Collections.shuffle(members, new Random(seed));
    assertThat(planner.plan(new PlacementTable(), members, Set.of(), Set.of())).isEqualTo(one);
  }

  private PlacementTable founded(List<MemberView> members) {
    PlacementTable nothing = new PlacementTable();
    return applied(nothing, planner.plan(nothing, members, Set.of(), Set.of()));
  }

  private static PlacementTable applied(PlacementTable before, List<Change> changes) {
    PlacementTable after = new PlacementTable();
    after.merge(before.snapshot());
    for (Change change : changes) {
      long epoch = after.highestEpoch() + Epoch.of(1, 0);
      int shard = change.shard();
      after.merge(
          Succession.named(shard, before.entry(shard), epoch, change.primary(), change.inSync()));
    }
    return after;
  }

  private static void assertQuotasAreMet(PlacementTable table, List<MemberView> members) {
    assertThat(leastMoves(table, members)).isZero();
  }

  private static int leastMoves(PlacementTable table, List<MemberView> members) {
    Map<NodeId, Integer> held = table.primaries();
    return quotas(table, members).entrySet().stream()
        .mapToInt(quota -> Math.max(0, quota.getValue() - held.getOrDefault(quota.getKey(), 0)))
        .sum();
  }

  private static int movable(
      Map.Entry<NodeId, Integer> quota, PlacementTable table, Set<Integer> unwritten) {
    int surplus = table.primaries().getOrDefault(quota.getKey(), 0) - quota.getValue();
    long candidates =
        unwritten.stream()
            .map(shard -> Objects.requireNonNull(table.entry(shard)))
            .filter(entry -> quota.getKey().equals(entry.primary()))
            .count();
    return Math.max(0, (int) Math.min(surplus, candidates));
  }

  private static Map<NodeId, Integer> quotas(PlacementTable table, List<MemberView> members) {
    Map<NodeId, Integer> weights = new TreeMap<>();
    members.forEach(member -> weights.put(member.id(), member.weight()));
    return Quotas.share(SHARDS, weights, table.primaries());
  }

  private static Set<Integer> shardsWhere(double share, long seed) {
    Random random = new Random(seed);
    Set<Integer> shards = new TreeSet<>();
    IntStream.range(0, SHARDS).filter(s -> random.nextDouble() < share).forEach(shards::add);
    return shards;
  }

  private static List<MemberView> members(List<Integer> weights) {
    List<MemberView> members = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      NodeId id = new NodeId("10.0.0." + i, 10171, i);
      members.add(
          new MemberView(id, "n" + i, "z" + i % 2, weights.get(i), 9171, 0, 0, Standing.UP));
    }
    return members;
  }

  private static NodeId first(Ring ring, int shard) {
    return ring.preference(shard).get(0);
  }

  private static Ring.Member onRing(MemberView member) {
    return new Ring.Member(member.id(), member.name(), member.zone(), member.weight());
  }
}
