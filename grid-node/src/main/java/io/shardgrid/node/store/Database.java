package io.shardgrid.node.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.shardgrid.node.child.Interruption;
import io.shardgrid.node.child.NodeLaunch;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.Directory;
import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database in a process of its own, with a table of entries, for trials: H2, whose files are in a
 * directory of its own. It can be stopped, killed and started again; it ends with this process at
 * the latest. Confined to one thread, but for what an {@link Interruption} does.
 */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** The table. */
  public static final String TABLE = "entries";

  private static final String FILLING = "filling";
  private static final String HEAP = "-Xmx128m";
  private static final long START_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int ROWS_AT_ONCE = 1_000;

  private final Path directory;
  private final int port;
  private final Runnable end = this::end;
  private @Nullable Process process;
  private boolean isEnded;

  private Database(int port) {
    this.port = port;
    try {
      this.directory = Files.createTempDirectory("shardgrid-database-");
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "No directory for a database: " + e.getMessage(), e);
    }
    Interruption.alsoEnd(end);
  }

  /** A port that nobody listens on now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "No port is free: " + e.getMessage(), e);
    }
  }

  /** The address by which others reach it; what is committed outlives its being killed. */
  public static String url(int port) {
    return "jdbc:h2:tcp://127.0.0.1:" + port + "/./trial;WRITE_DELAY=0";
  }

  /**
   * Starts one, and makes its table. The table is there when all its rows are: nobody reads a part
   * of its keys.
   *
   * @param prefix of the keys of its rows, which end in numbers
   */
  public static Database start(int port, String prefix, int rows) {
    Database database = new Database(port);
    try {
      database.start();
      database.execute(
          "CREATE TABLE " + FILLING + " (k VARCHAR PRIMARY KEY, v VARCHAR, version BIGINT)");
      database.fill(prefix, rows);
      database.execute("ALTER TABLE " + FILLING + " RENAME TO " + TABLE);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Starts it, again if it was killed; returns when it answers. */
  public void start() {
    begin();
    long endNanos = System.nanoTime() + START_NANOS_MAX;
    while (!isAnswering()) {
      if (System.nanoTime() - endNanos >= 0) {
        throw new CommandException(ExitCode.FAILED, "The database does not answer: " + url(port));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private synchronized void begin() {
    if (isEnded) {
      throw new CommandException(ExitCode.INTERRUPTED, "The database has ended for good");
    }
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  HEAP,
                  "-cp",
                  NodeLaunch.classPath(),
                  DatabaseServer.class.getName(),
                  Integer.toString(port),
                  directory.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "The database cannot be started: " + e.getMessage(), e);
    }
  }

  private boolean isAnswering() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private String url() {
    return url(port);
  }

  /** Connections as an application keeps them, so many; whoever finds none waits for one. */
  public Pool pool(int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setMaximumPoolSize(connections);
    return new Pool(new HikariDataSource(config));
  }

  /** Connections that are kept. Thread-safe. */
  public static final class Pool implements AutoCloseable {
    private final HikariDataSource source;

    private Pool(HikariDataSource source) {
      this.source = source;
    }

    /** A connection, which whoever gets it closes. */
    public Connection connect() throws SQLException {
      return source.getConnection();
    }

    @Override
    public void close() {
      source.close();
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  private void execute(String statement) {
    try (Connection connection = connect();
        Statement executed = connection.createStatement()) {
      executed.execute(statement);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static CommandException failed(SQLException failure) {
    return new CommandException(
        ExitCode.FAILED, "The database failed: " + failure.getMessage(), failure);
  }

  private void fill(String prefix, int rows) {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + FILLING + " VALUES (?, ?, NULL)")) {
      for (int row = 0; row < rows; row++) {
        insert.setString(1, prefix + row);
        insert.setString(2, "value of " + prefix + row);
        insert.addBatch();
        if (row % ROWS_AT_ONCE == ROWS_AT_ONCE - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** All rows whose keys begin like this. */
  public Map<String, String> rows(String prefix) {
    try (Connection connection = connect();
        PreparedStatement select =
            connection.prepareStatement("SELECT k, v FROM " + TABLE + " WHERE k LIKE ?")) {
      select.setString(1, prefix + "%");
      Map<String, String> rows = new HashMap<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rows.put(found.getString(1), found.getString(2));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** It stands still, and its connections with it. */
  public void freeze() {
    signal("-STOP");
  }

  /** It goes on. */
  public void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      new ProcessBuilder(List.of("kill", signal, Long.toString(running.pid())))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "No signal: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }

  /** Ends it as a crash would; its files stay. */
  public synchronized void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void end() {
    isEnded = true;
    kill();
    try {
      Directory.remove(directory);
    } catch (IOException e) {
      LOG.warn("The files of a database stay: directory={}", directory, e);
    }
  }

  @Override
  public void close() {
    end();
    Interruption.hasEnded(end);
  }
}
