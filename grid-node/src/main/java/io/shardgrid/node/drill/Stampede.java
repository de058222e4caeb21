package io.shardgrid.node.drill;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

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
    double without = aside(scene, database);
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
        without > asked / readers.seconds(),
        "who asks it beside the grid asks more often: %.1f a second".formatted(without));
  }

  /**
   * Readers that look into the grid, then into the database, and put what they find into the grid.
   */
  private static double aside(Scene scene, Database database) {
    AsyncMap<String, String> map = map(scene, PLAIN);
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger reads = new AtomicInteger();
    long fromNanos = System.nanoTime();
    long endNanos = fromNanos + (long) (SECONDS * 1e9);
    List<Thread> threads = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      Thread thread =
          new Thread(
              () -> {
                try (Connection connection = database.connect()) {
                  while (System.nanoTime() - endNanos < 0) {
                    reads.incrementAndGet();
                    if (Remote.await(map.get(HOT)).isEmpty()) {
                      asked.incrementAndGet();
                      Remote.await(map.put(HOT, select(connection), Duration.ofSeconds(1)));
                    }
                  }
                } catch (SQLException | RuntimeException e) {
                  synchronized (problems) {
                    problems.add(e.toString());
                  }
                }
              },
              "drill-reader-" + reader);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      join(thread);
    }
    double seconds = (System.nanoTime() - fromNanos) / 1e9;
    scene.demand(problems.isEmpty(), "readers beside the grid had no problem: " + problems);
    scene.note(
        String.format(
            Locale.ROOT,
            "beside the grid: %,.0f reads a second, %.1f queries a second",
            reads.get() / seconds,
            asked.get() / seconds));
    return asked.get() / seconds;
  }

  private static String select(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT v FROM " + Database.TABLE + " WHERE k = ?")) {
      statement.setString(1, HOT);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }
}
