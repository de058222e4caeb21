package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Random operations do to a bucket map what they do to a {@code HashMap}. */
class BucketMapPropertyTest {

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void behavesLikeAHashMap(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5_000) int keys,
      @ForAll @IntRange(min = 1, max = 700) int valueLengthMax) {
    PageBudget budget = PageBudget.unlimited();
    ModelledMap map = new ModelledMap(seed, budget, keys, valueLengthMax);
    map.run(3_000);
    assertThat(map.refusals()).isZero();
    map.clear();
    assertThat(budget.reservedBytes()).isZero();
  }

  @Property(tries = 120, shrinking = ShrinkingMode.OFF)
  void behavesLikeAHashMapThatRefuses(
      @ForAll long seed,
      @ForAll @IntRange(min = 50, max = 3_000) int keys,
      @ForAll @LongRange(min = 0, max = 200_000) long bytesMax) {
    PageBudget budget = PageBudget.of(bytesMax);
    ModelledMap map = new ModelledMap(seed, budget, keys, 120);
    map.run(3_000);
    map.clear();
    assertThat(budget.reservedBytes()).isZero();
  }

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void behavesLikeAHashMapWithExtents(@ForAll long seed) {
    ModelledMap map = new ModelledMap(seed, PageBudget.unlimited(), 60, 80_000);
    map.run(1_000);
  }
}
