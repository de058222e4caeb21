package io.shardgrid.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Random operations of one thread do to each map what they do to a {@code HashMap}. */
class SharedMapPropertyTest {

  private static final int OPERATIONS = 3_000;

  @Property(tries = 600, shrinking = ShrinkingMode.OFF)
  void behavesLikeAHashMap(
      @ForAll Subject subject,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 2_000) int keys,
      @ForAll @IntRange(min = 0, max = 99) int readPercent) {
    SharedMap<Integer, Long> map = subject.map();
    Map<Integer, Long> model = new HashMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < OPERATIONS; i++) {
      Integer key = random.nextInt(keys);
      if (random.nextInt(100) < readPercent) {
        assertThat(map.get(key)).isEqualTo(model.get(key));
      } else {
        write(map, model, key, random);
      }
    }
    assertThat(map.size()).isEqualTo(model.size());
    model.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
  }

  private static void write(
      SharedMap<Integer, Long> map,
      Map<Integer, Long> model,
      Integer key,
      SplittableRandom random) {
    Long value = random.nextLong(1_000);
    switch (random.nextInt(4)) {
      case 0 -> assertThat(map.put(key, value)).isEqualTo(model.put(key, value));
      case 1 -> assertThat(map.remove(key)).isEqualTo(model.remove(key));
      case 2 ->
          assertThat(map.merge(key, value, Long::sum))
              .isEqualTo(model.merge(key, value, Long::sum));
      default -> assertThat(map.size()).isEqualTo(model.size());
    }
  }
}
