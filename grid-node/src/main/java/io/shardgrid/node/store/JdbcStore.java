package io.shardgrid.node.store;

import static java.nio.charset.StandardCharsets.UTF_8;

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
 */
final class JdbcStore implements MapStore<byte[], byte[]> {

  /*
   * A batch is one transaction: what is stored, and what is removed. Each statement leaves alone a
   * row with the same version or a later one, so a batch may come again, and late. If the database
   * says that one of them can never be (SQLState class 22, bad data, or 23, a constraint), each is
   * tried by itself, and those are refused for good; any other failure is of all, and the batch is
   * handed over again.
   */
  private static final long MILLIS_A_SECOND = 1_000;
  private static final int FETCH_ROWS = 1_000;

  private final JdbcSettings settings;
  private final HikariDataSource pool;
  private final String select;
  private final String selectKeys;
  private final String upsert;
  private final String delete;

  /** A store that connects when it is asked. */
  JdbcStore(JdbcSettings settings) {
    JdbcSettings.Columns columns = settings.columns();
    Dialect dialect = Dialect.of(settings.url());
    this.settings = settings;
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
  public CompletionStage<Optional<byte[]>> load(byte[] key) {
    return asked(connection -> Optional.ofNullable(load(connection, key)));
  }

  private byte @Nullable [] load(Connection connection, byte[] key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, new String(key, UTF_8));
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? value(rows) : null;
      }
    }
  }

  private byte @Nullable [] value(ResultSet rows) throws SQLException {
    if (!settings.columns().isText()) {
      return rows.getBytes(1);
    }
    String text = rows.getString(1);
    return text == null ? null : text.getBytes(UTF_8);
  }

  @Override
  public CompletionStage<Void> keys(Consumer<List<byte[]>> keys) {
    return asked(
        connection -> {
          connection.setAutoCommit(false); // PostgreSQL reads all rows at once otherwise
          try (PreparedStatement statement = connection.prepareStatement(selectKeys)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
              List<byte[]> some = new ArrayList<>(FETCH_ROWS);
              while (rows.next()) {
                some.add(rows.getString(1).getBytes(UTF_8));
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
  public CompletionStage<List<StoreRefusal>> write(List<StoreChange<byte[], byte[]>> changes) {
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

  private void writeAll(Connection connection, List<StoreChange<byte[], byte[]>> changes)
      throws SQLException {
    try (PreparedStatement storing = connection.prepareStatement(upsert);
        PreparedStatement removing = connection.prepareStatement(delete)) {
      boolean stores = false;
      boolean removes = false;
      for (StoreChange<byte[], byte[]> change : changes) {
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

  private List<StoreRefusal> writeEach(
      Connection connection, List<StoreChange<byte[], byte[]>> changes) throws SQLException {
    List<StoreRefusal> refused = new ArrayList<>();
    for (int index = 0; index < changes.size(); index++) {
      StoreChange<byte[], byte[]> change = changes.get(index);
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

  private void fill(PreparedStatement statement, StoreChange<byte[], byte[]> change)
      throws SQLException {
    statement.setString(1, new String(change.key(), UTF_8));
    byte[] value = change.value();
    if (value == null) {
      statement.setLong(2, change.version());
      return;
    }
    if (settings.columns().isText()) {
      statement.setString(2, new String(value, UTF_8));
    } else {
      statement.setBytes(2, value);
    }
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
