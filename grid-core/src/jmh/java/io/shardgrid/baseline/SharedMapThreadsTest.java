package io.shardgrid.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What threads may rely on while segments split and views are promoted. */
class SharedMapThreadsTest {

  private static final int THREADS = 4;
  private static final int OPERATIONS = 20_000;
  private static final int KEYS = 256;

  private final long seed = new Random().nextLong();

  @BeforeEach
  void printSeed(TestInfo test) {
    System.out.println(test.getDisplayName() + ": seed=" + seed);
  }

  @ParameterizedTest
  @EnumSource
  void losesNoUpdate(Subject subject) throws Exception {
    SharedMap<Integer, Long> map = subject.map();
    new Crowd()
        .with(
            THREADS,
            number -> {
              SplittableRandom random = random(number);
              for (int i = 0; i < OPERATIONS; i++) {
                map.merge(random.nextInt(KEYS), 1L, Long::sum);
                unsettle(map, random, i);
              }
            })
        .run();
    long sum = 0;
    for (int key = 0; key < KEYS; key++) {
      Long value = map.get(key);
      sum += value == null ? 0 : value;
    }
    assertThat(sum).isEqualTo((long) THREADS * OPERATIONS);
  }

  @ParameterizedTest
  @EnumSource
  void neverShowsAReaderAnOlderValue(Subject subject) throws Exception {
    SharedMap<Integer, Long> map = subject.map();
    AtomicInteger writersLeft = new AtomicInteger(THREADS);
    new Crowd()
        .with(
            THREADS,
            number -> {
              SplittableRandom random = random(number);
              // Each writer has keys of its own and so may put without merging.
              for (long i = 1; i <= OPERATIONS; i++) {
                map.put((int) (i % (KEYS / THREADS)) * THREADS + number, i);
                unsettle(map, random, i);
              }
              writersLeft.decrementAndGet();
            })
        .with(
            2,
            number -> {
              SplittableRandom random = random(number);
              long[] seen = new long[KEYS];
              do {
                int key = random.nextInt(KEYS);
                Long value = map.get(key);
                assertThat(value == null ? 0 : value).isGreaterThanOrEqualTo(seen[key]);
                seen[key] = value == null ? 0 : value;
              } while (writersLeft.get() > 0);
            })
        .run();
  }

  @ParameterizedTest
  @EnumSource
  void handsEveryValueOutOnce(Subject subject) throws Exception {
    SharedMap<Integer, Integer> map = subject.map();
    AtomicIntegerArray handedOut = new AtomicIntegerArray(THREADS * OPERATIONS);
    new Crowd()
        .with(
            THREADS,
            number -> {
              SplittableRandom random = random(number);
              for (int i = 0; i < OPERATIONS; i++) {
                count(handedOut, map.put(random.nextInt(KEYS), number * OPERATIONS + i));
                if (random.nextBoolean()) {
                  count(handedOut, map.remove(random.nextInt(KEYS)));
                }
                map.get(KEYS + random.nextInt(KEYS));
              }
            })
        .run();
    long left = map.size();
    for (int key = 0; key < KEYS; key++) {
      Integer value = map.remove(key);
      left -= value == null ? 0 : 1;
      count(handedOut, value);
    }
    assertThat(left).isZero();
    for (int value = 0; value < handedOut.length(); value++) {
      assertThat(handedOut.get(value)).as("how often %d came out", value).isEqualTo(1);
    }
  }

  private static void count(AtomicIntegerArray handedOut, @Nullable Integer value) {
    if (value != null) {
      handedOut.incrementAndGet(value);
    }
  }

  /** Makes segments split and views be promoted, with keys that nobody counts. */
  private static void unsettle(SharedMap<Integer, Long> map, SplittableRandom random, long i) {
    int key = KEYS + random.nextInt(8 * KEYS);
    switch ((int) (i % 8)) {
      case 0 -> map.put(key, 0L);
      case 1 -> map.remove(key);
      default -> map.get(key);
    }
  }

  private SplittableRandom random(int thread) {
    return new SplittableRandom(seed + thread);
  }
}
