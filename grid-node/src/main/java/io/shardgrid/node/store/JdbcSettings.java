package io.shardgrid.node.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.loader.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The table of a database behind a map, {@code grid.node.stores.NAME}. Immutable.
 *
 * @param map name of the map
 * @param url of the database, as JDBC writes it
 * @param user empty for none
 * @param password empty for none
 * @param columns where keys and values are
 * @param poolSize connections that a node has at most
 * @param connectTimeout how long a call waits for one
 * @param loadTimeout how long a load may take
 * @param writeTimeout how long a batch of writes may take
 */
record JdbcSettings(
    String map,
    String url,
    String user,
    String password,
    Columns columns,
    int poolSize,
    Duration connectTimeout,
    Duration loadTimeout,
    Duration writeTimeout) {

  private static final String PATH = "grid.node.stores";
  private static final String ANY = "*";
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

  /**
   * Where keys and values are. Immutable.
   *
   * @param table its name, with or without that of its schema
   * @param key column of keys, of text, the primary key
   * @param value column of values
   * @param version column of versions, of 64-bit numbers, which the grid alone writes
   * @param isText whether values are text in UTF-8, else they are bytes
   */
  record Columns(String table, String key, String value, String version, boolean isText) {}

  /**
   * Reads the stores of a node.
   *
   * @param grid the section {@code grid}
   * @param stores bounds of what nodes have them do
   * @throws GridConfigException if a value is missing or wrong
   */
  static List<JdbcSettings> from(Config grid, StoreSettings stores) {
    return StrictSettings.read(grid, PATH, section -> read(section, stores));
  }

  private static List<JdbcSettings> read(Config grid, StoreSettings stores) {
    ConfigObject all = grid.getObject("node.stores");
    Config others = all.toConfig().getConfig(ConfigUtil.joinPath(ANY));
    List<JdbcSettings> read = new ArrayList<>();
    for (String map : new TreeSet<>(all.keySet())) {
      if (!map.equals(ANY)) {
        Config own = all.toConfig().getConfig(ConfigUtil.joinPath(map)).withFallback(others);
        read.add(read(map, own, stores));
      }
    }
    return read;
  }

  private static JdbcSettings read(String map, Config own, StoreSettings stores) {
    String path = PATH + "." + map + ".";
    String url = own.getString("url");
    StrictSettings.require(!url.isEmpty(), path + "url", "an address of JDBC", "nothing");
    int poolSize = own.getInt("pool-size");
    int wanted = stores.gate().atOnceMax() + stores.writesAtOnceMax() + 1;
    StrictSettings.require(
        poolSize >= wanted,
        path + "pool-size",
        "at least %d: grid.store.loads.at-once-max, grid.store.writes.at-once-max, and one"
            .formatted(wanted),
        poolSize);
    String type = own.getString("value-type");
    StrictSettings.require(
        type.equals("text") || type.equals("bytes"), path + "value-type", "text or bytes", type);
    return new JdbcSettings(
        map,
        url,
        own.getString("user"),
        password(own, path),
        new Columns(
            name(own, path, "table"),
            name(own, path, "key-column"),
            name(own, path, "value-column"),
            name(own, path, "version-column"),
            type.equals("text")),
        poolSize,
        own.getDuration("connect-timeout"),
        stores.gate().timeout(),
        stores.writeTimeout());
  }

  /** Names stand in statements as they are: nothing but names may. */
  private static String name(Config own, String path, String key) {
    String name = own.getString(key);
    StrictSettings.require(
        NAME.matcher(name).matches(), path + key, "letters, digits and _, not quoted", name);
    return name;
  }

  private static String password(Config own, String path) {
    String file = own.getString("password-file");
    if (file.isEmpty()) {
      return own.getString("password");
    }
    try {
      return Files.readString(StrictSettings.path(path + "password-file", file)).strip();
    } catch (IOException e) {
      throw new GridConfigException(
          "A password cannot be read: key=%spassword-file, file=%s, cause=%s"
              .formatted(path, file, e),
          e);
    }
  }

  /** Without the password, and without the address, which may have one too. */
  @Override
  public String toString() {
    return "JdbcSettings[map=%s, table=%s]".formatted(map, columns.table());
  }
}
