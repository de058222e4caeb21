package io.shardgrid.node.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.loader.MapStore;
import io.shardgrid.loader.StoreChange;
import io.shardgrid.loader.StoreRefusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table of a database behind a map: a row for each key, with its version. Blocks the threads that
 * call it. Thread-safe.
 *
 * @param <V> what a row has: {@code String} or {@code byte[]}
 */
final class JdbcStore<V> implements MapStore<String, V> {

  /*
   * A batch is one transaction: what is stored, and what is removed. Each statement leaves alone a
   * row with the same version or a later one, so a batch may come again, and late. If the database
   * says that one of them can never be (SQLState class 22, bad data, or 23, a constraint), each is
   * tried by itself, and those are refused for good; any other failure is of all, and the batch is
   * handed over again.
   */
  private static final long MILLIS_A_SECOND = 1_000;
  private static final int FETCH_ROWS = 1_000;

  private final Class<V> type;
  private final HikariDataSource pool;
  private final String select;
  private final String selectKeys;
  private final String upsert;
  private final String delete;

  /** A store that connects when it is asked. */
  JdbcStore(JdbcSettings settings, Class<V> type) {
    JdbcSettings.Columns columns = settings.columns();
    Dialect dialect = Dialect.of(settings.url());
    this.type = type;
    this.select =
        "SELECT %s FROM %s WHERE %s = ?".formatted(columns.value(), columns.table(), columns.key());
    this.selectKeys = "SELECT %s FROM %s".formatted(columns.key(), columns.table());
    this.upsert = dialect.upsert(columns);
    this.delete =
        "DELETE FROM %1$s WHERE %2$s = ? AND (%3$s IS NULL OR %3$s < ?)"
            .formatted(columns.table(), columns.key(), columns.version());
    this.pool = pool(settings, dialect);
  }

  private static HikariDataSource pool(JdbcSettings settings, Dialect dialect) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store-" + settings.map());
    config.setJdbcUrl(settings.url());
    if (!settings.user().isEmpty()) {
      config.setUsername(settings.user());
      config.setPassword(settings.password());
    }
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.connectTimeout().toMillis());
    config.setValidationTimeout(Math.min(1_000, settings.connectTimeout().toMillis()));
    // A node starts although its database is down: what is in the grid is served.
    config.setInitializationFailTimeout(-1);
    long longest = Math.max(settings.loadTimeout().toMillis(), settings.writeTimeout().toMillis());
    config.setConnectionInitSql(dialect.limit(longest));
    if (dialect == Dialect.POSTGRESQL) {
      config.addDataSourceProperty("socketTimeout", Long.toString(longest / MILLIS_A_SECOND + 1));
      config.addDataSourceProperty("connectTimeout", "2");
    }
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new GridConfigException(
          "A store cannot be opened: key=grid.node.stores.%s, cause=%s"
              .formatted(settings.map(), e.getMessage()),
          e);
    }
  }

  private interface Work<T> {
    @Nullable T with(Connection connection) throws SQLException;
  }

  private <T> CompletionStage<T> asked(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return CompletableFuture.completedStage(work.with(connection));
    } catch (SQLException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public CompletionStage<Optional<V>> load(String key) {
    return asked(connection -> Optional.ofNullable(load(connection, key)));
  }

  private @Nullable V load(Connection connection, String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, key);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getObject(1, type) : null;
      }
    }
  }

  @Override
  public CompletionStage<Void> keys(Consumer<List<String>> keys) {
    return asked(
        connection -> {
          connection.setAutoCommit(false); // PostgreSQL reads all rows at once otherwise
          try (PreparedStatement statement = connection.prepareStatement(selectKeys)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
              List<String> some = new ArrayList<>(FETCH_ROWS);
              while (rows.next()) {
                some.add(rows.getString(1));
                if (some.size() == FETCH_ROWS) {
                  keys.accept(some);
                  some = new ArrayList<>(FETCH_ROWS);
                }
              }
              keys.accept(some);
            }
          } finally {
            connection.rollback();
          }
          return null;
        });
  }

  @Override
  public CompletionStage<List<StoreRefusal>> write(List<StoreChange<String, V>> changes) {
    return asked(
        connection -> {
          connection.setAutoCommit(false);
          try {
            writeAll(connection, changes);
            connection.commit();
            return List.of();
          } catch (SQLException e) {
            connection.rollback();
            if (!isForGood(e)) {
              throw e;
            }
          }
          connection.setAutoCommit(true);
          return writeEach(connection, changes);
        });
  }

  private void writeAll(Connection connection, List<StoreChange<String, V>> changes)
      throws SQLException {
    try (PreparedStatement storing = connection.prepareStatement(upsert);
        PreparedStatement removing = connection.prepareStatement(delete)) {
      boolean stores = false;
      boolean removes = false;
      for (StoreChange<String, V> change : changes) {
        PreparedStatement statement = change.isRemoval() ? removing : storing;
        fill(statement, change);
        statement.addBatch();
        stores |= !change.isRemoval();
        removes |= change.isRemoval();
      }
      if (stores) {
        storing.executeBatch();
      }
      if (removes) {
        removing.executeBatch();
      }
    }
  }

  private List<StoreRefusal> writeEach(Connection connection, List<StoreChange<String, V>> changes)
      throws SQLException {
    List<StoreRefusal> refused = new ArrayList<>();
    for (int index = 0; index < changes.size(); index++) {
      StoreChange<String, V> change = changes.get(index);
      try (PreparedStatement statement =
          connection.prepareStatement(change.isRemoval() ? delete : upsert)) {
        fill(statement, change);
        statement.executeUpdate();
      } catch (SQLException e) {
        if (!isForGood(e)) {
          throw e;
        }
        refused.add(new StoreRefusal(index, String.valueOf(e.getMessage())));
      }
    }
    return refused;
  }

  private void fill(PreparedStatement statement, StoreChange<String, V> change)
      throws SQLException {
    statement.setString(1, change.key());
    V value = change.value();
    if (value == null) {
      statement.setLong(2, change.version());
      return;
    }
    statement.setObject(2, value);
    statement.setLong(3, change.version());
  }

  /** Whether the same would fail again for ever: bad data, or a constraint. */
  static boolean isForGood(SQLException failure) {
    for (SQLException one = failure; one != null; one = one.getNextException()) {
      String state = one.getSQLState();
      if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Map<String, Long> figures() {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    Map<String, Long> figures = new LinkedHashMap<>();
    if (bean != null) {
      figures.put("active", (long) bean.getActiveConnections());
      figures.put("idle", (long) bean.getIdleConnections());
      figures.put("total", (long) bean.getTotalConnections());
      figures.put("waiting", (long) bean.getThreadsAwaitingConnection());
    }
    return figures;
  }

  @Override
  public void close() {
    pool.close();
  }
}
