package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.ModelledMap.Event;
import io.shardgrid.bucket.ModelledMap.Shape;
import io.shardgrid.key.EvictionPolicy;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random operations do to a bucket map what they do to a {@code HashMap}: growth, shrinking,
 * expiry, eviction, compaction and a scan are under way all the time, and at the end the digests
 * are those of a map made from scratch.
 */
class BucketMapPropertyTest {

  private static final int OPERATIONS = 1_200;
  private static final Set<Event> EVENTS = EnumSet.noneOf(Event.class);

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void behavesLikeAHashMap(
      @ForAll long seed,
      @ForAll EvictionPolicy policy,
      @ForAll @IntRange(min = 1, max = 600) int keys,
      @ForAll @IntRange(min = 1, max = 700) int valueLengthMax) {
    run(seed, policy, OPERATIONS, new Shape(TestKeys::key, keys, valueLengthMax, evicts(policy)));
  }

  /** Long enough for several growths and shrinks of one map. */
  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void behavesLikeALargeHashMap(
      @ForAll long seed,
      @ForAll EvictionPolicy policy,
      @ForAll @IntRange(min = 2_000, max = 12_000) int keys,
      @ForAll @IntRange(min = 1, max = 700) int valueLengthMax) {
    run(seed, policy, 40_000, new Shape(TestKeys::key, keys, valueLengthMax, evicts(policy)));
  }

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void behavesLikeAHashMapWithKeysThatCollide(
      @ForAll long seed,
      @ForAll EvictionPolicy policy,
      @ForAll @IntRange(min = 1, max = 300) int keys,
      @ForAll @IntRange(min = 0, max = 2) int kind) {
    // Equal CRC16, equal String.hashCode, and (only who knows the seed can) equal bucket.
    Shape shape = new Shape(AdversarialKeys.ofKind(kind), keys, 200, evicts(policy));
    run(seed, policy, OPERATIONS, shape);
  }

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void behavesLikeAHashMapThatRefuses(
      @ForAll long seed,
      @ForAll EvictionPolicy policy,
      @ForAll @IntRange(min = 50, max = 3_000) int keys,
      @ForAll @LongRange(min = 0, max = 200_000) long bytesMax) {
    PageBudget budget = PageBudget.of(bytesMax);
    BucketMap map = new BucketMap(TestMaps.NAME, AdversarialKeys.HASH_SEED, policy, budget);
    ModelledMap modelled =
        new ModelledMap(seed, map, budget, new Shape(TestKeys::key, keys, 120, evicts(policy)));
    modelled.run(OPERATIONS);
    modelled.clear();
    assertThat(budget.reservedBytes()).isZero();
  }

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  void behavesLikeAHashMapWithExtents(@ForAll long seed) {
    run(seed, EvictionPolicy.LRU, 1_000, new Shape(TestKeys::key, 60, 80_000, true));
  }

  @AfterContainer
  static void everythingHasHappened() {
    assertThat(EVENTS).containsExactlyInAnyOrder(Event.values());
  }

  private static void run(long seed, EvictionPolicy policy, int operations, Shape shape) {
    PageBudget budget = PageBudget.unlimited();
    BucketMap map = new BucketMap(TestMaps.NAME, AdversarialKeys.HASH_SEED, policy, budget);
    ModelledMap modelled = new ModelledMap(seed, map, budget, shape);
    modelled.run(operations);
    EVENTS.addAll(modelled.events());
    assertThat(modelled.refusals()).isZero();
    modelled.clear();
    assertThat(budget.reservedBytes()).isZero();
  }

  private static boolean evicts(EvictionPolicy policy) {
    return policy != EvictionPolicy.NONE;
  }
}
