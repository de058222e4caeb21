package io.shardgrid.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every map that is compared gives the same answers, the shard actors too. */
class ContenderTest {

  private static final int OPERATIONS = 5_000;
  private static final int KEYS = 300;
  private static final int THREADS = 4;

  @ParameterizedTest
  @EnumSource
  void behavesLikeAHashMap(Contender contender) {
    long seed = new Random().nextLong();
    System.out.println(contender + ": seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, byte[]> model = new HashMap<>();
    try (ComparedMap map = contender.start()) {
      for (int i = 0; i < OPERATIONS; i++) {
        String key = "key " + random.nextInt(KEYS);
        switch (random.nextInt(5)) {
          case 0 -> {
            byte[] value = decimal(random.nextLong(1_000_000));
            map.put(key, value);
            model.put(key, value);
          }
          case 1 -> assertThat(map.remove(key)).isEqualTo(model.remove(key) != null);
          case 2 -> {
            byte[] present = model.getOrDefault(key, decimal(0));
            long sum = Long.parseLong(new String(present, StandardCharsets.ISO_8859_1)) + 1;
            assertThat(map.increment(key)).isEqualTo(sum);
            model.put(key, decimal(sum));
          }
          default -> assertThat(map.get(key)).isEqualTo(model.get(key));
        }
      }
      assertThat(map.size()).isEqualTo(model.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void losesNoIncrement(Contender contender) throws Exception {
    try (ComparedMap map = contender.start()) {
      new Crowd()
          .with(
              THREADS,
              number -> {
                for (int i = 0; i < OPERATIONS; i++) {
                  map.increment("one");
                }
              })
          .run();
      assertThat(map.get("one")).isEqualTo(decimal((long) THREADS * OPERATIONS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void storesManyAtOnce(Contender contender) {
    Map<String, byte[]> entries = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      entries.put("key " + i, decimal(i));
    }
    try (ComparedMap map = contender.start()) {
      map.putAll(entries);
      assertThat(map.size()).isEqualTo(KEYS);
      entries.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
    }
  }

  private static byte[] decimal(long number) {
    return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
  }
}
