package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.shardgrid.client.GridClient;
import io.shardgrid.failure.RuleException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.SyncMap;
import io.shardgrid.node.browser.Browser;
import io.shardgrid.node.rule.RulePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/**
 * What the console shows of a map with a database behind it and of rules, while the database is
 * stopped and a rule fails. {@link #close} stops the database. Confined to one thread.
 */
final class ConsoleStores implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MAP = "orders";
  private static final int ROWS = 60;
  private static final Path EXAMPLE = Path.of("src", "examples", "rules", "c", "fraud.wasm");

  /** Exports {@code boom () -> ()}, whose only instruction is {@code unreachable}. */
  private static final byte[] TRAPS =
      HexFormat.of()
          .parseHex(
              "0061736d01000000"
                  + "010401600000"
                  + "03020100"
                  + "070801"
                  + "04626f6f6d0000"
                  + "0a0501030000"
                  + "0b");

  /** On different keys: so many that the rule fails too often on each node. */
  private static final int CALLS = 90;

  private static final String QUERIES =
      """
      window.queries = [];
      new MutationObserver(() => window.queries.push(parseFloat(
          document.querySelector('#stores-rows [data-head="Queries/s"]').textContent)))
          .observe(document.getElementById('stores-rows'), { childList: true, characterData: true, subtree: true });
      """;

  private final Path directory;
  private final int port;
  private Server database;

  private ConsoleStores(Path directory, Server database) {
    this.directory = directory;
    this.database = database;
    this.port = database.getPort();
  }

  /** Starts a database in this process, with a table of rows. */
  static ConsoleStores start(Path directory) throws SQLException {
    ConsoleStores started = new ConsoleStores(directory, server(directory, 0));
    try (Connection connection = started.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE orders (k VARCHAR PRIMARY KEY, v VARCHAR, version BIGINT)");
      statement.execute(
          "INSERT INTO orders SELECT 'row-' || (x - 1), 'value', NULL FROM SYSTEM_RANGE(1, "
              + ROWS
              + ")");
    }
    return started;
  }

  private static Server server(Path directory, int port) throws SQLException {
    return Server.createTcpServer(
            "-tcpPort", Integer.toString(port), "-baseDir", directory.toString(), "-ifNotExists")
        .start();
  }

  private String url() {
    return "jdbc:h2:tcp://127.0.0.1:" + port + "/./orders";
  }

  private Connection connect() throws SQLException {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url());
    return source.getConnection();
  }

  /** Settings of the nodes. */
  String settings() {
    return """
        grid.store.maps.%1$s { writes = behind, delay = 100 ms, absent-ttl = 60 s }
        grid.store.breaker { window = 5, pause = 200 ms, pause-max = 500 ms }
        grid.node.stores.%1$s { url = "%2$s", table = orders, connect-timeout = 500 ms }
        """
        .formatted(MAP, url());
  }

  /** Reads and calls, then the database is stopped and a rule fails until it is quarantined. */
  void getIntoTrouble(Browser browser, GridClient client, String http) throws IOException {
    assertThat(browser.value("document.getElementById('rules').hidden").asBoolean()).isTrue();
    browser.await(cell("Breaker") + ".textContent.trim() === 'closed'", PATIENCE);
    assertThat(browser.value("document.getElementById('stores').dataset.danger").asText())
        .isEqualTo("false");
    browser.value(QUERIES);
    readUntilAnswered(client, "row-");
    readUntilAnswered(client, "nobody-");
    read(client, "nobody-");
    browser.await("window.queries.some((one) => one > 0)", PATIENCE);
    browser.await("parseInt(" + cell("Known absent") + ".textContent) >= " + ROWS, PATIENCE);
    browser.await("document.getElementById('stores').dataset.danger === 'false'", PATIENCE);
    callsRules(browser, client.map("towns", Codecs.string(), Codecs.string()).sync(), http);
    database.stop();
    client.map(MAP, Codecs.string(), Codecs.string()).sync().put("row-0", "not in the database");
    read(client, "later-");
    browser.await(
        cell("Breaker") + ".querySelector('.word').dataset.breaker !== 'closed'", PATIENCE);
    browser.await("document.getElementById('stores-link').textContent === 'Stores !'", PATIENCE);
    browser.await(cell("Behind") + ".textContent === '1'", PATIENCE);
  }

  private static void callsRules(Browser browser, SyncMap<String, String> map, String http)
      throws IOException {
    RulePage.load(http, "fraud", Files.readAllBytes(EXAMPLE));
    RulePage.load(http, "trap", TRAPS);
    map.invoke("account", "fraud.spend", 10, 100);
    browser.await(
        "document.getElementById('rules-rows').textContent.includes('validate_transaction')",
        PATIENCE);
    assertThat(browser.value("document.getElementById('rules').dataset.danger").asText())
        .isEqualTo("false");
    for (int call = 0; call < CALLS; call++) {
      String key = "account-" + call;
      assertThat(catchThrowable(() -> map.invoke(key, "trap.boom")))
          .isInstanceOf(RuleException.class);
    }
    browser.await("document.querySelector('[data-rule=\"quarantined\"]') !== null", PATIENCE);
    browser.await("document.getElementById('rules-link').textContent === 'Rules !'", PATIENCE);
    assertThat(browser.value("document.getElementById('rules-rows').textContent").asText())
        .contains("10 of the last 10 calls failed");
  }

  /** What the database does not have for ten seconds is a danger. */
  void isLate(Browser browser) {
    browser.await(
        cell("Oldest") + ".dataset.alarm === 'true' && " + cell("Behind") + ".textContent === '1'",
        PATIENCE);
  }

  /** The database comes back, and the rule is released. */
  void getOutOfTrouble(Browser browser, GridClient client) throws SQLException {
    database = server(directory, port);
    browser.value(
        "fetch('/rules/release?name=trap',"
            + " { method: 'POST', headers: { 'X-Shardgrid': 'console' } })");
    browser.await("document.getElementById('rules').dataset.danger === 'false'", PATIENCE);
    browser.await(cell("Behind") + ".textContent === '0'", PATIENCE);
    readUntilAnswered(client, "again-");
    browser.await("document.getElementById('stores').dataset.danger === 'false'", PATIENCE);
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT v FROM orders WHERE k = 'row-0'")) {
      assertThat(found.next()).isTrue();
      assertThat(found.getString(1)).isEqualTo("not in the database");
    }
  }

  /** Reads many keys; how many of them were not answered. */
  private static int read(GridClient client, String prefix) {
    AsyncMap<String, String> map = client.map(MAP, Codecs.string(), Codecs.string());
    List<CompletableFuture<Integer>> reads =
        IntStream.range(0, ROWS)
            .mapToObj(row -> map.get(prefix + row))
            .map(read -> read.handle((found, failure) -> failure == null ? 0 : 1))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    return reads.stream().mapToInt(CompletableFuture::join).sum();
  }

  /** The first loads of a node that has just started may take too long. */
  private static void readUntilAnswered(GridClient client, String prefix) {
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    while (read(client, prefix) > 0) {
      assertThat(System.nanoTime() - endNanos).as("the database answers").isNegative();
    }
  }

  private static String cell(String head) {
    return "document.querySelector('#stores-rows [data-head=\"" + head + "\"]')";
  }

  @Override
  public void close() {
    database.stop();
  }
}
