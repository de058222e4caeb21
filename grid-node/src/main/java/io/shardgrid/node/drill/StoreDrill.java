package io.shardgrid.node.drill;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.store.Database;
import io.shardgrid.node.store.StorePage;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * A drill about the database behind two maps: one with what protects it, and one without. Each run
 * is of an instance of its own, confined to one thread.
 */
abstract class StoreDrill implements Drill {

  /** The map whose database is protected. */
  static final String GUARDED = "guarded";

  /** The map that asks its database whenever an entry is not there. */
  static final String BARE = "bare";

  /** Rows of the database. */
  static final int ROWS = 20_000;

  private static final String PREFIX = "row-";
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String SETTINGS =
      """
      grid.store {
        loads { at-once-max = 8, queue-max = 1000, queue-time = 300 ms, timeout = 1s }
        writes { timeout = 1s }
        breaker { pause = 1s, pause-max = 2s }
        maps {
          %1$s { writes = behind, delay = 200 ms, absent-ttl = 5s, filter-keys = 20000, %4$s }
          %2$s { absent-ttl = off, %4$s }
        }
      }
      grid.node.stores {
        "*" { url = "%3$s", table = %5$s }
        %1$s {}
        %2$s {}
      }
      """;

  private final int port = Database.freePort();

  @Override
  public Setup setup() {
    String settings =
        SETTINGS.formatted(GUARDED, BARE, Database.url(port), freshness(), Database.TABLE);
    return new Setup(3, 1, settings, 0);
  }

  /** How long entries are fresh, in words of the settings. */
  String freshness() {
    return "ttl = off";
  }

  @Override
  public boolean mayFail() {
    return false;
  }

  @Override
  public void strike(Scene scene) {
    try (Database database = Database.start(port, PREFIX, ROWS)) {
      scene.note("a database with " + ROWS + " rows behind the maps");
      strike(scene, database);
    }
  }

  /** Brings the fault about. */
  abstract void strike(Scene scene, Database database);

  /** The key of a row. */
  static String row(int number) {
    return PREFIX + number;
  }

  /** What the database has under it. */
  static String valueOf(String row) {
    return "value of " + row;
  }

  static AsyncMap<String, String> map(Scene scene, String name) {
    GridClient client = scene.client();
    return client.map(name, Codecs.string(), Codecs.string());
  }

  /** A number of a map's store, over all nodes. */
  static long sum(Scene scene, String map, ToLongFunction<StorePage> number) {
    return scene.serving().stream()
        .map(child -> child.serving().map(NodeAddresses::http))
        .flatMap(Optional::stream)
        .flatMap(http -> StorePage.all(http).stream())
        .filter(page -> page.map().equals(map))
        .mapToLong(number)
        .sum();
  }

  /** How often the database was asked for entries of a map. */
  static long queries(Scene scene, String map) {
    return sum(scene, map, StorePage::queries);
  }

  /** Waits until something is so; whether it was in time. */
  static boolean await(long seconds, BooleanSupplier isSo) {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - endNanos >= 0) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}
