package io.shardgrid.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Autoscalers that are replaced at any moment, over messages that are late, lost and doubled: an
 * order is carried out once, whoever sees it through. {@code -Dgrid.scaler.seeds=20000} runs
 * longer, {@code -Dgrid.scaler.seed=17} one seed.
 */
final class ScalerSimulationTest {

  private static final int SEEDS = Integer.getInteger("grid.scaler.seeds", 400);
  private static final Long ONLY_SEED = Long.getLong("grid.scaler.seed");

  /** Operations a second that a node should do. */
  private static final int EACH = 1_000;

  @Test
  void comesToTheSizeThatTheLoadNeedsWhoeverDecides() {
    if (ONLY_SEED != null) {
      run(ONLY_SEED);
      return;
    }
    for (long seed = 1; seed <= SEEDS; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    ScaledWorld world = new ScaledWorld(seed, settings(), 3, seed % 4 == 0 ? 0 : 0.1);
    try {
      world.replaceAutoscaler();
      world.load = 3_000;
      world.run(Duration.ofSeconds(30));
      disturb(world);
      world.load = 4_900;
      world.run(Duration.ofMinutes(4));
      assertThat(world.nodes).as("after growth").hasSize(5);
      disturb(world);
      world.load = 2_900;
      world.run(Duration.ofMinutes(6));
      assertThat(world.nodes).as("after the load has gone").hasSize(3);
      assertThat(world.kept().order()).isNull();
      assertThat(world.kept().orders()).as("orders").isBetween(3L, 8L);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "run again with -Dgrid.scaler.seed=" + seed + "\n" + String.join("\n", world.trace), e);
    }
  }

  /** Replaces or crashes the autoscaler at moments of the next two minutes, drawn at random. */
  private static void disturb(ScaledWorld world) {
    for (int i = 0; i < 4; i++) {
      long millis = world.random.nextInt(120_000);
      world.after(
          millis, world.random.nextBoolean() ? world::replaceAutoscaler : world::crashAutoscaler);
    }
  }

  private static AutoscaleSettings settings() {
    ScalingRules up = ScalingRules.UP;
    ScalingRules down =
        new ScalingRules(
            ScalingRules.Select.MAX, Duration.ofSeconds(20), ScalingRules.DOWN.policies());
    return new AutoscaleSettings(
        AutoscaleMode.ACT,
        new ScaleSettings(
            new Bounds(1, 10),
            new ScalingBehavior(up, down),
            Tolerance.of(BigDecimal.valueOf(1, 1)),
            new DataRoom(2, 80),
            new Patience(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1))),
        List.of(
            new MetricRule(
                MetricSource.OPERATIONS,
                "",
                new MetricSpec("operations", MetricSpec.Kind.NODES_AVERAGE, EACH * 1_000L))),
        new AutoscaleSettings.Pace(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90)));
  }
}
