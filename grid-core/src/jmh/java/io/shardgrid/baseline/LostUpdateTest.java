package io.shardgrid.baseline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shardgrid.baseline.CounterStress.Counter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The famous lost update: two callers read a number, add one to it and write it back, and one of
 * the two additions is gone. A checker is to find it where it can happen, and not to find it where
 * it must not.
 *
 * <p>Maps of one heap are model-checked: Lincheck runs the threads of a scenario one at a time and
 * goes through the places where they could switch. A grid has threads of its own, which cannot be
 * scheduled like that: its scenarios run under stress, many of them, and Lincheck's verifier judges
 * the results.
 */
class LostUpdateTest {

  private static final String KEY = "visits";

  /** Counts correctly if it is alone: what the results of two threads are held against. */
  public static class Sequential implements Counter {

    private long count;

    @Operation
    @Override
    public long increment() {
      return ++count;
    }

    @Operation
    @Override
    public long read() {
      return count;
    }
  }

  /** Reads, adds, writes. */
  abstract static class ReadThenWrite implements Counter {

    private final Map<String, Long> map;

    ReadThenWrite(Map<String, Long> map) {
      this.map = map;
    }

    @Operation
    @Override
    public long increment() {
      long sum = read() + 1;
      map.put(KEY, sum);
      return sum;
    }

    @Operation
    @Override
    public long read() {
      return map.getOrDefault(KEY, 0L);
    }
  }

  /** A plain table that nothing guards. */
  public static class Plain extends ReadThenWrite {
    public Plain() {
      super(new HashMap<>());
    }
  }

  /** Each operation is atomic, the two together are not. */
  public static class OnlyThreadSafe extends ReadThenWrite {
    public OnlyThreadSafe() {
      super(new ConcurrentHashMap<>());
    }
  }

  /** Adds in one atomic operation of the map. */
  abstract static class AtomicUpdate implements Counter {

    private final ComparedMap map;
    private final String key;

    AtomicUpdate(ComparedMap map, String key) {
      this.map = map;
      this.key = key;
    }

    @Operation
    @Override
    public long increment() {
      return map.increment(key);
    }

    @Operation
    @Override
    public long read() {
      return numberOf(map.get(key));
    }
  }

  /** One mutex. */
  public static class Synchronized extends AtomicUpdate {
    public Synchronized() {
      super(Contender.SYNCHRONIZED.start(), KEY);
    }
  }

  /** One read-write lock. */
  public static class ReadWriteLocked extends AtomicUpdate {
    public ReadWriteLocked() {
      super(Contender.READ_WRITE_LOCK.start(), KEY);
    }
  }

  /** A lock a segment. */
  public static class Segmented extends AtomicUpdate {
    public Segmented() {
      super(Contender.SEGMENTED.start(), KEY);
    }
  }

  /** Compare-and-set, and a lock beside it. */
  public static class ReadMostly extends AtomicUpdate {
    public ReadMostly() {
      super(Contender.READ_MOSTLY.start(), KEY);
    }
  }

  /** A shard that one actor owns: one number in it. */
  private static final class Owned extends AtomicUpdate {
    Owned(ComparedMap map, String key) {
      super(map, key);
    }
  }

  /** Reads from a shard, waits until the others have read as well, adds, writes. */
  private static final class Meeting implements Counter {

    private final ComparedMap map;
    private final CyclicBarrier allHaveRead;

    Meeting(ComparedMap map, CyclicBarrier allHaveRead) {
      this.map = map;
      this.allHaveRead = allHaveRead;
    }

    @Override
    public long increment() {
      long sum = read() + 1;
      map.put(KEY, Long.toString(sum).getBytes(US_ASCII));
      return sum;
    }

    @Override
    public long read() {
      byte[] present = map.get(KEY);
      try {
        allHaveRead.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
      return numberOf(present);
    }
  }

  private static long numberOf(byte @Nullable [] decimal) {
    return decimal == null ? 0 : Long.parseLong(new String(decimal, US_ASCII));
  }

  @Test
  void happensToAPlainHashMap() {
    assertThat(violationOf(Plain.class))
        .contains("The following interleaving leads to the error")
        .containsPattern("increment\\(\\): 1 .*increment\\(\\): 1");
  }

  @Test
  void happensToAThreadSafeMapThatIsReadAndThenWritten() {
    assertThat(violationOf(OnlyThreadSafe.class))
        .contains("The following interleaving leads to the error");
  }

  @Test
  void cannotHappenUnderOneMutex() {
    modelCheck(Synchronized.class);
  }

  @Test
  void cannotHappenUnderAReadWriteLock() {
    modelCheck(ReadWriteLocked.class);
  }

  @Test
  void cannotHappenUnderTheLockOfASegment() {
    modelCheck(Segmented.class);
  }

  @Test
  void cannotHappenToAnEntryThatIsComparedAndSet() {
    modelCheck(ReadMostly.class);
  }

  @Test
  void cannotHappenInAShardThatOneActorOwns() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed=" + seed);
    AtomicLong keys = new AtomicLong();
    try (ComparedMap map = Contender.ACTOR.start()) {
      CounterStress stress =
          new CounterStress(
              Sequential.class,
              () -> new Owned(map, KEY + " " + keys.incrementAndGet()),
              new SplittableRandom(seed));
      assertThat(stress.findViolation(2_000)).isNull();
    }
  }

  @Test
  void happensToTheOwnersCallersIfTheyReadAndThenWrite() throws Exception {
    try (ComparedMap map = Contender.ACTOR.start()) {
      CyclicBarrier allHaveRead = new CyclicBarrier(CounterStress.THREADS);
      CounterStress stress =
          new CounterStress(
              Sequential.class, () -> new Meeting(map, allHaveRead), new SplittableRandom(1));
      String violation = stress.findViolation(1);
      System.out.println("Meeting: " + violation);
      assertThat(violation).contains("increment()", "result=1");
    }
  }

  private static String violationOf(Class<?> counter) {
    LincheckAssertionError violation =
        catchThrowableOfType(LincheckAssertionError.class, () -> modelCheck(counter));
    assertThat(violation).isNotNull();
    String message = Objects.requireNonNull(violation.getMessage());
    System.out.println(counter.getSimpleName() + ": " + message);
    return message;
  }

  private static void modelCheck(Class<?> counter) {
    new ModelCheckingOptions()
        .iterations(3)
        .invocationsPerIteration(300)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .sequentialSpecification(Sequential.class)
        .check(counter);
  }
}
