package io.shardgrid.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.ScaleAction.Add;
import io.shardgrid.autoscale.ScaleAction.Remove;
import io.shardgrid.autoscale.ScaleAction.Stay;
import io.shardgrid.key.MemberView.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class ScalePolicyPropertyTest {

  private static final Instant NOW = Samples.NOW;

  @Property(tries = 300)
  void neverGoesBelowTheFloorNorBeyondOneRemoval(
      @ForAll @IntRange(min = 1, max = 25) int size,
      @ForAll @DoubleRange(min = 0, max = 300) double percent,
      @ForAll @LongRange(min = 0, max = 12_000) long bytes,
      @ForAll long seed) {
    TestCluster cluster = scattered(size, percent, bytes, seed);
    ScaleSettings settings = TestCluster.settings(Duration.ZERO);
    ClusterSample sample = cluster.sample();
    ScaleDecision decision = new ScalePolicy(settings).decide(sample, ScaleHistory.NONE, NOW);
    int after = after(decision, size);
    int floor = CapacityFloor.nodes(sample.nodes(), settings.room()).orElseThrow();
    assertThat(after).isGreaterThanOrEqualTo(size - 1);
    assertThat(after).isLessThanOrEqualTo(Math.max(size, settings.bounds().max()));
    if (after < size) {
      assertThat(after).isGreaterThanOrEqualTo(Math.max(floor, settings.bounds().min()));
      assertFitsWithOneLost(sample, (Remove) decision.action(), settings.room());
    }
  }

  @Property(tries = 300)
  void asksForNoFewerNodesWhenTheLoadIsHigher(
      @ForAll @IntRange(min = 1, max = 20) int size,
      @ForAll @DoubleRange(min = 0, max = 200) double percent,
      @ForAll @DoubleRange(min = 0, max = 200) double more) {
    ScalePolicy policy = new ScalePolicy(TestCluster.settings(Duration.ZERO));
    int less = after(decide(policy, size, percent), size);
    assertThat(after(decide(policy, size, percent + more), size)).isGreaterThanOrEqualTo(less);
  }

  @Property(tries = 200)
  void changesNothingWhileTheLoadStaysWithinTheTolerance(
      @ForAll @IntRange(min = 3, max = 20) int size, @ForAll long seed) {
    ScalePolicy policy = new ScalePolicy(TestCluster.settings(Duration.ZERO));
    Random random = new Random(seed);
    ScaleHistory history = ScaleHistory.NONE;
    for (int step = 0; step < 40; step++) {
      Instant now = NOW.plusSeconds(15L * step);
      TestCluster cluster = TestCluster.of(size, 45 + 10 * random.nextDouble(), now);
      ScaleDecision decision = policy.decide(cluster.sample(), history, now);
      assertThat(decision.action()).as("seed %d, step %d", seed, step).isEqualTo(new Stay());
      history = decision.history();
    }
  }

  @Property(tries = 200)
  void keepsZonesBalanced(
      @ForAll @IntRange(min = 4, max = 20) int size,
      @ForAll @IntRange(min = 1, max = 4) int zones,
      @ForAll long seed) {
    Random random = new Random(seed);
    TestCluster cluster = TestCluster.of(size, 5, NOW);
    for (int node = 0; node < size; node++) {
      String zone = "z" + random.nextInt(zones);
      cluster.add(node, zone, Standing.UP, NOW.minusSeconds(3_600), 10, random.nextInt(100));
    }
    ClusterSample sample = cluster.sample();
    ScaleDecision decision =
        new ScalePolicy(TestCluster.settings(Duration.ZERO)).decide(sample, ScaleHistory.NONE, NOW);
    Map<String, Long> before = zones(sample.nodes());
    Map<String, Long> after = new HashMap<>(before);
    NodeLoad gone = node(sample, (Remove) decision.action());
    after.merge(gone.zone(), -1L, Long::sum);
    long most = before.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    assertThat(before.get(gone.zone())).isEqualTo(most);
    assertThat(sample.nodes())
        .filteredOn(one -> before.getOrDefault(one.zone(), 0L) == most)
        .allMatch(one -> one.heldBytes() >= gone.heldBytes());
  }

  private static ScaleDecision decide(ScalePolicy policy, int size, double percent) {
    return policy.decide(TestCluster.of(size, percent, NOW).sample(), ScaleHistory.NONE, NOW);
  }

  private static TestCluster scattered(int size, double percent, long bytes, long seed) {
    Random random = new Random(seed);
    TestCluster cluster = TestCluster.of(size, percent, NOW);
    for (int node = 0; node < size; node++) {
      long own = (long) (bytes * random.nextDouble());
      String zone = "zone" + random.nextInt(3);
      cluster.add(node, zone, Standing.UP, NOW.minusSeconds(3_600), own, 2 * own);
    }
    return cluster;
  }

  private static int after(ScaleDecision decision, int size) {
    if (decision.action() instanceof Add add) {
      return size + add.nodes();
    }
    return decision.action() instanceof Remove ? size - 1 : size;
  }

  private static NodeLoad node(ClusterSample sample, Remove removal) {
    return sample.nodes().stream()
        .filter(node -> node.id().equals(removal.node()))
        .findFirst()
        .orElseThrow();
  }

  private static void assertFitsWithOneLost(ClusterSample sample, Remove removal, DataRoom room) {
    long data = sample.nodes().stream().mapToLong(NodeLoad::ownBytes).sum() * room.copies();
    long left =
        sample.nodes().stream()
            .filter(node -> !node.id().equals(removal.node()))
            .mapToLong(NodeLoad::bytesMax)
            .sum();
    assertThat((left - TestCluster.BYTES_MAX) * room.highWaterPercent() / 100)
        .isGreaterThanOrEqualTo(data);
  }

  private static Map<String, Long> zones(List<NodeLoad> nodes) {
    return nodes.stream().collect(Collectors.groupingBy(NodeLoad::zone, Collectors.counting()));
  }
}
