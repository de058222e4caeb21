package io.shardgrid.node.drill;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The database stands still, wholly or most of the time. What is in the grid is read as before,
 * what is not fails soon, and what is written meanwhile reaches the database afterwards.
 */
final class StalledStore extends StoreDrill {

  private static final double CALM_SECONDS = 4;
  private static final int HITS_AT_ONCE = 8;
  private static final int MISSES_AT_ONCE = 64;
  private static final int MISSES_A_SECOND = 500;
  private static final int CACHED = 500;
  private static final int ASIDE_THREADS = 64;
  private static final int ASIDE_ROUNDS = 8;
  private static final int ASIDE_MISS_OF = 10;
  private static final int WRITES = 1_000;
  private static final int WHOLE_ROUNDS = 30;
  private static final int ROUNDS = 14;
  private static final long BACK_SECONDS_MAX = 60;
  private static final long FROZEN_MILLIS = 900;
  private static final long THAWED_MILLIS = 100;
  private static final double MISS_MILLIS_MAX = 2_500;
  private static final String ASIDE = "aside";
  private static final String UNAVAILABLE = "StoreUnavailableException";

  private final boolean isWhole;

  /**
   * One of the two.
   *
   * @param isWhole whether it stands still for 30 s, else for nine tenths of each second
   */
  StalledStore(boolean isWhole) {
    this.isWhole = isWhole;
  }

  @Override
  public int number() {
    return isWhole ? 22 : 23;
  }

  @Override
  public String title() {
    return isWhole
        ? "the database stands still for 30 s"
        : "each query takes most of a second, and more are wanted than the pool has connections";
  }

  @Override
  public String proves() {
    return "What is in the grid is read as before, the rest fails within seconds with a typed"
        + " error, and no write is lost.";
  }

  @Override
  void strike(Scene scene, Database database) {
    aside(scene, database);
    AsyncMap<String, String> map = map(scene, GUARDED);
    for (int number = 0; number < CACHED; number++) {
      Remote.await(map.get(row(number)));
    }
    StoreReaders calm = hits(map).readFor(CALM_SECONDS);
    Thread stalling =
        new Thread(() -> stall(database, isWhole ? WHOLE_ROUNDS : ROUNDS), "drill-stall");
    long askedBefore = queries(scene, GUARDED);
    scene.struck(isWhole ? "SIGSTOP of the database" : "the database runs a tenth of the time");
    stalling.start();
    StoreReaders misses = misses(map).atMost(MISSES_A_SECOND);
    Thread missing = new Thread(() -> misses.readFor(isWhole ? 20 : 12), "drill-misses");
    missing.start();
    List<CompletionStage<?>> writes = new ArrayList<>();
    for (int number = 0; number < WRITES; number++) {
      writes.add(map.put("new-" + number, "written " + number));
    }
    writes.forEach(Remote::await);
    StoreReaders hits = hits(map).readFor(isWhole ? 15 : 8);
    long active = sum(scene, GUARDED, page -> page.own().getOrDefault("active", 0L));
    join(missing);
    join(stalling);
    double asked = (queries(scene, GUARDED) - askedBefore) / misses.seconds();
    tell(scene, calm, hits, misses, asked, active);
    checkAfter(scene, database, map);
  }

  private static StoreReaders hits(AsyncMap<String, String> map) {
    return new StoreReaders(
        map,
        HITS_AT_ONCE,
        number -> row((int) (number % CACHED)),
        number -> valueOf(row((int) (number % CACHED))));
  }

  private static StoreReaders misses(AsyncMap<String, String> map) {
    int left = ROWS - CACHED;
    return new StoreReaders(
        map,
        MISSES_AT_ONCE,
        number -> row(CACHED + (int) (number % left)),
        number -> valueOf(row(CACHED + (int) (number % left))));
  }

  /** What an application that asks the database itself comes to by the same. */
  private void aside(Scene scene, Database database) {
    AsyncMap<String, String> map = map(scene, ASIDE);
    for (int number = 0; number < CACHED; number++) {
      Remote.await(map.put(row(number), valueOf(row(number))));
    }
    AsideReaders calm =
        new AsideReaders(map, ASIDE_THREADS, number -> row((int) (number % CACHED)), null)
            .readFor(database, CALM_SECONDS);
    Thread stalling = new Thread(() -> stall(database, ASIDE_ROUNDS), "drill-stall");
    stalling.start();
    AsideReaders stalled =
        new AsideReaders(map, ASIDE_THREADS, StalledStore::mixed, null)
            .readFor(database, ASIDE_ROUNDS);
    join(stalling);
    scene.note(
        String.format(
            Locale.ROOT,
            "%d threads that ask the database themselves, 1 key of %d not in the grid: %,.0f reads a"
                + " second before, %,.1f meanwhile, %d failed; %.1f queries a second",
            ASIDE_THREADS,
            ASIDE_MISS_OF,
            calm.readsASecond(),
            stalled.readsASecond(),
            stalled.failures(),
            stalled.queriesASecond()));
  }

  private static String mixed(long number) {
    return row(
        number % ASIDE_MISS_OF == 0
            ? CACHED + (int) (number / ASIDE_MISS_OF % (ROWS - CACHED))
            : (int) (number % CACHED));
  }

  /** Stands still for so many seconds, wholly or for most of each. */
  private void stall(Database database, int rounds) {
    if (isWhole) {
      database.freeze();
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(rounds));
      database.thaw();
      return;
    }
    for (int round = 0; round < rounds; round++) {
      database.freeze();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FROZEN_MILLIS));
      database.thaw();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(THAWED_MILLIS));
    }
  }

  private static void tell(
      Scene scene,
      StoreReaders calm,
      StoreReaders hits,
      StoreReaders misses,
      double asked,
      long active) {
    scene.note(
        String.format(
            Locale.ROOT,
            "hits: %,.0f a second before, %,.0f meanwhile, beside the misses; p99 %.2f and %.2f ms",
            calm.aSecond(),
            hits.aSecond(),
            calm.millis(0.99),
            hits.millis(0.99)));
    scene.note(
        String.format(
            Locale.ROOT,
            "misses: %,d right, failed %s; p50 %.1f ms, the slowest hundredth from %.0f ms on;"
                + " %.1f queries a second, %d connections in use",
            misses.right(),
            misses.failures(),
            misses.millis(0.5),
            misses.millis(0.99),
            asked,
            active));
    scene.demand(
        hits.wrong() == 0 && hits.failures().isEmpty(),
        "hits: wrong %d, failed %s".formatted(hits.wrong(), hits.failures()));
    scene.demand(
        misses.wrong() == 0 && Set.of(UNAVAILABLE).containsAll(misses.failures().keySet()),
        "misses: wrong %d, failed %s".formatted(misses.wrong(), misses.failures()));
    scene.demand(
        misses.millis(0.99) <= MISS_MILLIS_MAX,
        "99 of 100 misses ended within %.0f ms".formatted(MISS_MILLIS_MAX));
    scene.demand(
        hits.aSecond() >= calm.aSecond() / 3,
        "hits went on: %.0f %% of before, beside %,.0f misses a second"
            .formatted(100 * hits.aSecond() / calm.aSecond(), misses.aSecond()));
  }

  private static void checkAfter(Scene scene, Database database, AsyncMap<String, String> map) {
    boolean isStored =
        await(BACK_SECONDS_MAX, () -> sum(scene, GUARDED, page -> page.marks()) == 0);
    scene.demand(
        isStored, "all writes have reached the database within " + BACK_SECONDS_MAX + " s");
    Map<String, String> wanted = new HashMap<>();
    for (int number = 0; number < WRITES; number++) {
      wanted.put("new-" + number, "written " + number);
    }
    scene.demand(
        database.rows("new-").equals(wanted),
        "the database has the " + WRITES + " writes, no other");
    boolean isBack =
        await(
            BACK_SECONDS_MAX,
            () ->
                new StoreReaders(map, 4, n -> row(ROWS - 1), n -> valueOf(row(ROWS - 1)))
                    .readFor(0.1)
                    .failures()
                    .isEmpty());
    scene.demand(isBack, "entries are loaded again within " + BACK_SECONDS_MAX + " s");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
