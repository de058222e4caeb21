package io.shardgrid.bucket;

import io.shardgrid.figures.Options;
import java.util.Map;

/** Times gets of random entries in this JVM, as one use of the map and as two. */
final class UseMarkRun {

  private static final int PARTS = 10;

  private final byte[] key = new byte[16];
  private final BucketMap map = Subjects.bucketMap();
  private final int[] order;
  private int next;
  private long checksum;

  private UseMarkRun(int entries) {
    order = SampleKeys.shuffledNumbers(entries);
    byte[] value = SampleKeys.value(100);
    for (int number = 0; number < entries; number++) {
      SampleKeys.write(number, key);
      map.put(key, value, number, BucketMap.NO_DEADLINE);
    }
  }

  public static void main(String[] args) {
    Options options = Options.parse(args, Map.of("entries", "1000", "operations", "30000000"));
    UseMarkRun run = new UseMarkRun(options.number("entries"));
    int operations = options.number("operations") / PARTS;
    double[] one = new double[PARTS];
    double[] two = new double[PARTS];
    for (int part = -2; part < PARTS; part++) {
      double nanosOne = run.time(operations, true);
      double nanosTwo = run.time(operations, false);
      if (part >= 0) {
        one[part] = nanosOne;
        two[part] = nanosTwo;
      }
    }
    Figures figures = new Figures();
    figures.put("one", Figures.median(one));
    figures.put("two", Figures.median(two));
    figures.put("checksum", run.checksum);
    figures.print(System.out);
  }

  private double time(int operations, boolean isOneUse) {
    long startNanos = System.nanoTime();
    if (isOneUse) {
      inOneUse(operations);
    } else {
      inTwoUses(operations);
    }
    return (System.nanoTime() - startNanos) / (double) operations;
  }

  private void inOneUse(int operations) {
    for (int i = 0; i < operations; i++) {
      byte[] found = map.get(nextKey());
      checksum += found == null ? 0 : found.length;
    }
  }

  private void inTwoUses(int operations) {
    for (int i = 0; i < operations; i++) {
      long entry = map.find(nextKey());
      checksum += entry == BucketMap.ABSENT ? 0 : map.value(entry).length;
    }
  }

  private byte[] nextKey() {
    SampleKeys.write(order[next], key);
    if (++next == order.length) {
      next = 0;
    }
    return key;
  }
}
