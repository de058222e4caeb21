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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an application does whose grid knows nothing of its database: its threads look into the
 * grid, then into the database by a pool of connections, and put what they find into the grid. Used
 * by one thread.
 */
final class AsideReaders {

  /** What the pool has unless something else is set. */
  private static final int POOL = 10;

  private final AsyncMap<String, String> map;
  private final int threads;
  private final LongFunction<String> keys;
  private final @Nullable Duration ttl;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong queries = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private double seconds;

  /**
   * Readers that have not begun.
   *
   * @param keys what the nth of them reads
   * @param ttl of what they put into the grid; null for none
   */
  AsideReaders(
      AsyncMap<String, String> map,
      int threads,
      LongFunction<String> keys,
      @Nullable Duration ttl) {
    this.map = map;
    this.threads = threads;
    this.keys = keys;
    this.ttl = ttl;
  }

  /** Reads for so long, and waits for the last answer; what came later than that does not count. */
  AsideReaders readFor(Database database, double wantedSeconds) {
    long fromNanos = System.nanoTime();
    long endNanos = fromNanos + (long) (wantedSeconds * 1e9);
    AtomicLong numbers = new AtomicLong();
    List<Thread> all = new ArrayList<>();
    try (Database.Pool pool = database.pool(POOL)) {
      for (int number = 0; number < threads; number++) {
        Thread thread =
            new Thread(() -> readUntil(endNanos, numbers, pool), "drill-reader-" + number);
        thread.start();
        all.add(thread);
      }
      all.forEach(AsideReaders::join);
    }
    seconds = wantedSeconds;
    return this;
  }

  private void readUntil(long endNanos, AtomicLong numbers, Database.Pool pool) {
    while (System.nanoTime() - endNanos < 0) {
      boolean isRead = read(keys.apply(numbers.getAndIncrement()), pool);
      if (System.nanoTime() - endNanos < 0) {
        (isRead ? reads : failures).incrementAndGet();
      }
    }
  }

  private boolean read(String key, Database.Pool pool) {
    if (Remote.await(map.get(key)).isPresent()) {
      return true;
    }
    String value;
    try (Connection connection = pool.connect()) {
      queries.incrementAndGet();
      value = select(connection, key);
    } catch (SQLException e) {
      return false;
    }
    Remote.await(ttl == null ? map.put(key, value) : map.put(key, value, ttl));
    return true;
  }

  private static String select(Connection connection, String key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT v FROM " + Database.TABLE + " WHERE k = ?")) {
      statement.setString(1, key);
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

  /** Reads that were answered in time. */
  long reads() {
    return reads.get();
  }

  /** Reads that failed in time. */
  long failures() {
    return failures.get();
  }

  double readsASecond() {
    return reads.get() / seconds;
  }

  double queriesASecond() {
    return queries.get() / seconds;
  }
}
