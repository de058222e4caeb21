package io.shardgrid.node.drill;

import io.shardgrid.node.store.Database;
import java.time.Duration;
import java.util.Locale;

/** One hot key expires once a second, and all who read it miss it together. */
final class Stampede extends StoreDrill {

  private static final int READERS = 32;
  private static final double SECONDS = 6;
  private static final String HOT = row(7);
  private static final String PLAIN = "aside";

  @Override
  public int number() {
    return 21;
  }

  @Override
  public String title() {
    return "a hot key expires each second under " + READERS + " readers";
  }

  @Override
  public String proves() {
    return "Whoever misses a key together asks the database once, whichever nodes they ask.";
  }

  @Override
  String freshness() {
    return "ttl = 1s, jitter = 0";
  }

  @Override
  void strike(Scene scene, Database database) {
    scene.struck("the hot key is read by " + READERS + " at once");
    AsideReaders aside =
        new AsideReaders(map(scene, PLAIN), READERS, number -> HOT, Duration.ofSeconds(1))
            .readFor(database, SECONDS);
    scene.note(
        String.format(
            Locale.ROOT,
            "beside the grid: %,.0f reads a second, %.1f queries a second",
            aside.readsASecond(),
            aside.queriesASecond()));
    scene.demand(aside.failures() == 0, "readers beside the grid that failed: " + aside.failures());
    long before = queries(scene, GUARDED);
    StoreReaders readers =
        new StoreReaders(map(scene, GUARDED), READERS, number -> HOT, number -> valueOf(HOT))
            .readFor(SECONDS);
    long asked = queries(scene, GUARDED) - before;
    scene.note(
        String.format(
            Locale.ROOT,
            "with a store behind the map: %,.0f reads a second, %.1f queries a second; p99 %.2f ms",
            readers.aSecond(),
            asked / readers.seconds(),
            readers.millis(0.99)));
    scene.demand(
        readers.wrong() == 0 && readers.failures().isEmpty(),
        "read right: %,d, wrong %d, failed %s"
            .formatted(readers.right(), readers.wrong(), readers.failures()));
    scene.demand(
        asked <= Math.ceil(readers.seconds()) + 1,
        "the database is asked once a second at most: %d times in %.1f s"
            .formatted(asked, readers.seconds()));
    scene.demand(
        aside.queriesASecond() > asked / readers.seconds(),
        "who asks it beside the grid asks more often: %.1f a second"
            .formatted(aside.queriesASecond()));
  }
}
