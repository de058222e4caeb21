package io.shardgrid.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class SpaceSavingPropertyTest {

  @Provide
  Arbitrary<List<Integer>> streams() {
    // Few keys often and many rarely, as keys of a cache are.
    return Arbitraries.integers()
        .between(0, 9_999)
        .map(number -> number * number / 1_000_000 + (number % 7 == 0 ? number : 0))
        .list()
        .ofMaxSize(400);
  }

  /** Metwally et al. 2005, lemmas 3 and 4 and theorem 2. */
  @Property
  void countsWithinItsBounds(
      @ForAll("streams") List<Integer> stream, @ForAll @IntRange(min = 1, max = 40) int counters) {
    SpaceSaving<Integer> sketch = new SpaceSaving<>(counters);
    Map<Integer, Long> exact = new HashMap<>();
    for (int key : stream) {
      sketch.add(key);
      exact.merge(key, 1L, Long::sum);
    }
    long errorMax = stream.size() / counters;
    Set<Integer> named = new HashSet<>();
    for (SpaceSaving.Estimate<Integer> one : sketch.top(counters)) {
      long truth = exact.getOrDefault(one.key(), 0L);
      assertThat(one.count()).isBetween(truth, truth + one.error());
      assertThat(one.error()).isBetween(0L, errorMax);
      named.add(one.key());
    }
    exact.forEach(
        (key, count) -> {
          if (count > errorMax) {
            assertThat(named).contains(key);
          }
        });
    assertThat(sketch.seen()).isEqualTo(stream.size());
  }

  @Property
  void letsThePastCountHalf(
      @ForAll("streams") List<Integer> before, @ForAll("streams") List<Integer> after) {
    SpaceSaving<Integer> sketch = new SpaceSaving<>(16);
    Map<Integer, Double> exact = new HashMap<>();
    before.forEach(key -> exact.merge(key, 0.5, Double::sum));
    after.forEach(key -> exact.merge(key, 1.0, Double::sum));
    before.forEach(sketch::add);
    sketch.halve();
    after.forEach(sketch::add);
    for (SpaceSaving.Estimate<Integer> one : sketch.top(16)) {
      double truth = exact.getOrDefault(one.key(), 0.0);
      assertThat((double) one.count()).isBetween(truth, truth + one.error() + 1);
    }
  }
}
