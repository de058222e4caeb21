package io.shardgrid.node.drill;

import io.shardgrid.node.store.Database;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Keys that are nowhere are asked for, each another one. */
final class Penetration extends StoreDrill {

  private static final double SECONDS = 5;
  private static final int AT_ONCE = 16;
  private static final long FILLED_SECONDS_MAX = 60;
  private static final double SHARE_MAX = 0.02;

  @Override
  public int number() {
    return 20;
  }

  @Override
  public String title() {
    return "random keys that the database does not have are asked for";
  }

  @Override
  public String proves() {
    return "With an existence filter the database is asked for less than a fiftieth of them.";
  }

  @Override
  void strike(Scene scene, Database database) {
    Random random = new Random(4711);
    boolean isFilled = await(FILLED_SECONDS_MAX, () -> isFiltering(scene, random));
    scene.demand(isFilled, "the filter is made within " + FILLED_SECONDS_MAX + " s");
    scene.struck("absent keys are read, " + AT_ONCE + " at once");
    double without = attack(scene, BARE, random);
    double with = attack(scene, GUARDED, random);
    scene.demand(
        with <= SHARE_MAX, "the guarded map asks for %.2f %% of them".formatted(100 * with));
    scene.demand(without > 0.9, "the bare one asks for %.0f %%".formatted(100 * without));
    StoreReaders rows =
        new StoreReaders(
                map(scene, GUARDED),
                AT_ONCE,
                number -> row((int) (number % ROWS)),
                number -> valueOf(row((int) (number % ROWS))))
            .readFor(SECONDS / 2);
    scene.demand(
        rows.wrong() == 0 && rows.failures().isEmpty() && rows.right() > 0,
        "rows that are there are read right: %d, wrong %d, failed %s"
            .formatted(rows.right(), rows.wrong(), rows.failures()));
  }

  private static boolean isFiltering(Scene scene, Random random) {
    long before = queries(scene, GUARDED);
    new StoreReaders(map(scene, GUARDED), 4, number -> absent(random), number -> null).readFor(0.3);
    return queries(scene, GUARDED) - before <= 2;
  }

  private static String absent(Random random) {
    return "nobody-" + Long.toHexString(random.nextLong());
  }

  /** The share of reads for which the database was asked. */
  private static double attack(Scene scene, String map, Random random) {
    long before = queries(scene, map);
    StoreReaders readers =
        new StoreReaders(map(scene, map), AT_ONCE, number -> absent(random), number -> null)
            .readFor(SECONDS);
    long asked = queries(scene, map) - before;
    scene.note(
        String.format(
            Locale.ROOT,
            "%s: %,.0f reads a second, %,.1f queries a second; p50 %.2f ms, p99 %.2f ms",
            map,
            readers.aSecond(),
            asked / readers.seconds(),
            readers.millis(0.5),
            readers.millis(0.99)));
    scene.demand(readers.wrong() == 0, map + ": wrong answers: " + readers.wrong());
    Map<String, Long> failures = readers.failures();
    scene.demand(map.equals(BARE) || failures.isEmpty(), map + ": failed: " + failures);
    return asked / (double) Math.max(1, readers.ended());
  }
}
