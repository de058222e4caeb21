package io.shardgrid.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.loader.StoreBinding;
import io.shardgrid.loader.StoreChange;
import io.shardgrid.loader.StoreRefusal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table of H2 behind a map; {@link PostgresStoreIT} does the same with PostgreSQL. */
class JdbcStoreTest {

  private @Nullable JdbcStore<String> opened;

  /** The database; with a user who may make tables. */
  String url() {
    return "jdbc:h2:mem:stores;DB_CLOSE_DELAY=-1";
  }

  String user() {
    return "";
  }

  String bytesType() {
    return "VARBINARY(100)";
  }

  String valueType() {
    return "VARCHAR(40)";
  }

  @BeforeEach
  void makeTable() throws SQLException {
    execute("DROP TABLE IF EXISTS cities");
    execute(
        "CREATE TABLE cities (k VARCHAR(100) PRIMARY KEY, v "
            + valueType()
            + " CHECK (v <> 'forbidden'), n BIGINT)");
    opened = new JdbcStore<>(settings("cities", "v", true), String.class);
  }

  private JdbcSettings settings(String table, String value, boolean isText) {
    return new JdbcSettings(
        "cities",
        url(),
        user(),
        "",
        new JdbcSettings.Columns(table, "k", value, "n", isText),
        4,
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2));
  }

  @AfterEach
  void close() {
    store().close();
  }

  private JdbcStore<String> store() {
    JdbcStore<String> store = opened;
    if (store == null) {
      throw new AssertionError("not opened");
    }
    return store;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            user().isEmpty()
                ? DriverManager.getConnection(url())
                : DriverManager.getConnection(url(), user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static StoreChange<String, String> change(
      String key, @Nullable String value, long version) {
    return new StoreChange<>(key, value, version);
  }

  private List<StoreRefusal> write(List<StoreChange<String, String>> changes) throws Exception {
    return store().write(changes).toCompletableFuture().get();
  }

  private Optional<String> load(String key) throws Exception {
    return store().load(key).toCompletableFuture().get();
  }

  @Test
  void storesLoadsAndRemoves() throws Exception {
    assertThat(write(List.of(change("a", "Köln", 5), change("b", "Bonn", 6)))).isEmpty();
    assertThat(load("a")).contains("Köln");
    assertThat(write(List.of(change("a", null, 7), change("b", "Ulm", 8)))).isEmpty();
    assertThat(load("a")).isEmpty();
    assertThat(load("b")).contains("Ulm");
  }

  @Test
  void leavesAloneWhatHasALaterVersion() throws Exception {
    write(List.of(change("a", "new", 9)));
    assertThat(write(List.of(change("a", "old", 8), change("a2", "x", 1)))).isEmpty();
    assertThat(write(List.of(change("a", null, 8)))).isEmpty();
    assertThat(write(List.of(change("a", "again", 9)))).as("handed over again").isEmpty();
    assertThat(load("a")).contains("new");
  }

  @Test
  void takesRowsThatWerePutInPastTheGridForOlder() throws Exception {
    execute("INSERT INTO cities VALUES ('a', 'by hand', NULL)");
    assertThat(load("a")).contains("by hand");
    write(List.of(change("a", "by grid", 1)));
    assertThat(load("a")).contains("by grid");
  }

  @Test
  void refusesForGoodWhatBreaksAConstraintOrIsTooLongAndStoresTheRest() throws Exception {
    List<StoreRefusal> refused =
        write(
            List.of(
                change("a", "good", 1),
                change("b", "forbidden", 1),
                change("c", "x".repeat(41), 1),
                change("d", "good", 1)));
    assertThat(refused).extracting(StoreRefusal::index).containsExactly(1, 2);
    assertThat(load("a")).contains("good");
    assertThat(load("b")).isEmpty();
    assertThat(load("d")).contains("good");
  }

  @Test
  void failsAsAWholeWhenTheTableIsGone() throws Exception {
    execute("DROP TABLE cities");
    assertThat(store().write(List.of(change("a", "x", 1))).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(SQLException.class);
  }

  @Test
  void tellsAllItsKeysAndHowItsPoolIs() throws Exception {
    execute(
        IntStream.range(0, 1_500)
            .mapToObj(number -> "('k" + number + "', 'v', 1)")
            .collect(Collectors.joining(", ", "INSERT INTO cities VALUES ", "")));
    List<String> keys = new ArrayList<>();
    store().keys(keys::addAll).toCompletableFuture().get();
    assertThat(keys).hasSize(1_500).contains("k0", "k1499").doesNotHaveDuplicates();
    assertThat(store().figures()).containsEntry("active", 0L).containsKey("waiting");
  }

  @Test
  void storesBytesAsTheyAre() throws Exception {
    execute("DROP TABLE IF EXISTS pictures");
    execute("CREATE TABLE pictures (k VARCHAR(100) PRIMARY KEY, v " + bytesType() + ", n BIGINT)");
    byte[] value = {0, -1, (byte) 0xc3, 7};
    try (JdbcStore<byte[]> pictures =
        new JdbcStore<>(settings("pictures", "v", false), byte[].class)) {
      assertThat(
              pictures.write(List.of(new StoreChange<>("a", value, 1))).toCompletableFuture().get())
          .isEmpty();
      assertThat(pictures.load("a").toCompletableFuture().get())
          .hasValueSatisfying(found -> assertThat(found).isEqualTo(value));
    }
  }

  @Test
  void refusesWhatIsNoTextAndTakesItForNoKeyOfTheTable() throws Exception {
    ColumnText text = new ColumnText();
    StoreBinding<String, String> binding = new StoreBinding<>("cities", text, text, store());
    byte[] noText = {(byte) 0xff, 'a'};
    byte[] good = {'g'};
    List<StoreRefusal> refused =
        binding
            .write(
                List.of(
                    new StoreBinding.Bytes(noText, good, 1),
                    new StoreBinding.Bytes(good, noText, 2),
                    new StoreBinding.Bytes(good, good, 3)))
            .toCompletableFuture()
            .get();
    assertThat(refused).extracting(StoreRefusal::index).containsExactly(0, 1);
    assertThat(refused).allSatisfy(one -> assertThat(one.reason()).contains("value-type = bytes"));
    assertThat(load("g")).contains("g");
    assertThat(binding.load(noText).toCompletableFuture().get()).isEmpty();
  }
}
