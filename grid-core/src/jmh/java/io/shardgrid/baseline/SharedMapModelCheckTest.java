package io.shardgrid.baseline;

import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two threads' operations on a map look as if they had been done one after the other, wherever the
 * threads switch: while a segment splits, while a view is promoted, while an entry is expunged.
 */
class SharedMapModelCheckTest {

  /** Random programs of two threads that are looked at; the long form has 25. */
  private static final int SCENARIOS = Integer.getInteger("grid.test.scenarios", 5);

  private static final String KEYS = "0:3";

  /** What the results are held against. */
  public static class Sequential {

    private final Map<Integer, Integer> map = new HashMap<>();

    @Operation
    public @Nullable Integer get(int key) {
      return map.get(key);
    }

    @Operation
    public @Nullable Integer put(int key, int value) {
      return map.put(key, value);
    }

    @Operation
    public @Nullable Integer remove(int key) {
      return map.remove(key);
    }

    @Operation
    public Integer merge(int key, int value) {
      return map.merge(key, value, Integer::sum);
    }

    @Override
    public String toString() {
      return map.toString();
    }
  }

  @Param(name = "key", gen = IntGen.class, conf = KEYS)
  @Param(name = "value", gen = IntGen.class, conf = "1:9")
  abstract static class Checked {

    private final SharedMap<Integer, Integer> map;

    Checked(SharedMap<Integer, Integer> map) {
      this.map = map;
    }

    @Operation
    public @Nullable Integer get(@Param(name = "key") int key) {
      return map.get(key);
    }

    @Operation
    public @Nullable Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
      return map.put(key, value);
    }

    @Operation
    public @Nullable Integer remove(@Param(name = "key") int key) {
      return map.remove(key);
    }

    @Operation
    public Integer merge(@Param(name = "key") int key, @Param(name = "value") int value) {
      return map.merge(key, value, Integer::sum);
    }
  }

  /** Splits at the second entry of a segment. */
  public static class Segmented extends Checked {
    public Segmented() {
      super(new SegmentedLockMap<>(1, 4));
    }
  }

  /** Promotes and copies every few operations, as there are few keys. */
  public static class ReadMostly extends Checked {
    public ReadMostly() {
      super(new ReadMostlyMap<>());
    }
  }

  /** One entry of a read-mostly map, while another key makes it expunged and promotes. */
  public static class TurnedOver {

    private static final Integer KEY = 0;
    private static final Integer OTHER = 1;

    private final ReadMostlyMap<Integer, Integer> map = new ReadMostlyMap<>();

    /** Leaves a deleted entry in a view that is not amended. */
    public TurnedOver() {
      map.put(KEY, 1);
      map.get(KEY);
      map.remove(KEY);
    }

    /** Copies to a dirty table, which expunges what is deleted; promotes it by one miss. */
    @Operation
    public void turnOver() {
      map.put(OTHER, 1);
      map.get(OTHER);
      map.remove(OTHER);
    }

    @Operation
    public @Nullable Integer put(@Param(gen = IntGen.class, conf = "1:9") int value) {
      return map.put(KEY, value);
    }

    @Operation
    public Integer merge() {
      return map.merge(KEY, 1, Integer::sum);
    }

    @Operation
    public @Nullable Integer remove() {
      return map.remove(KEY);
    }

    @Operation
    public @Nullable Integer get() {
      return map.get(KEY);
    }
  }

  /** The same without tables to turn over. */
  public static class NeverTurnedOver {

    private final Map<Integer, Integer> map = new HashMap<>();

    @Operation
    public void turnOver() {}

    @Operation
    public @Nullable Integer put(int value) {
      return map.put(TurnedOver.KEY, value);
    }

    @Operation
    public Integer merge() {
      return map.merge(TurnedOver.KEY, 1, Integer::sum);
    }

    @Operation
    public @Nullable Integer remove() {
      return map.remove(TurnedOver.KEY);
    }

    @Operation
    public @Nullable Integer get() {
      return map.get(TurnedOver.KEY);
    }
  }

  @Test
  void holdsForAnEntryThatIsExpungedWhileItIsWritten() {
    new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(300)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(2)
        .sequentialSpecification(NeverTurnedOver.class)
        .check(TurnedOver.class);
  }

  @Test
  void holdsWhileSegmentsSplit() {
    check(Segmented.class);
  }

  @Test
  void holdsWhileViewsArePromotedAndEntriesExpunged() {
    check(ReadMostly.class);
  }

  private static void check(Class<?> map) {
    new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(200)
        .threads(2)
        .actorsPerThread(4)
        .actorsBefore(4)
        .actorsAfter(4)
        .sequentialSpecification(Sequential.class)
        .check(map);
  }
}
