package io.shardgrid.node.security;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use a node, {@code grid.node.access}. Immutable.
 *
 * @param isOpenToNetwork whether other machines may reach a node that knows no users
 * @param openPages what anybody may read over HTTP
 * @param file more users, roles and tokens, read again when it changes
 * @param fileInterval how often it is looked at
 * @param auditPerSecond lines of the audit log a second
 * @param own the section itself, for what the file is put beside
 */
public record AccessSettings(
    boolean isOpenToNetwork,
    Set<String> openPages,
    Optional<Path> file,
    Duration fileInterval,
    int auditPerSecond,
    LoginSettings login,
    Config own) {

  static final String PATH = "grid.node.access";

  private static final int FILE_BYTES_MAX = 4 << 20;
  private static final int AUDIT_MAX = 100_000;
  private static final Duration INTERVAL_MAX = Duration.ofHours(1);

  public AccessSettings {
    openPages = Set.copyOf(openPages);
    require(
        fileInterval.toMillis() >= 1 && fileInterval.compareTo(INTERVAL_MAX) <= 0,
        "file-interval",
        "1 ms to 1 h",
        fileInterval);
    require(
        auditPerSecond >= 1 && auditPerSecond <= AUDIT_MAX,
        "audit-lines-per-second",
        "1 to 100000",
        auditPerSecond);
  }

  /** Reads {@code grid.node.access}; not yet the file that it names. */
  public static AccessSettings from(Config grid) {
    return StrictSettings.read(
        grid.getConfig("node.access"),
        PATH,
        access ->
            new AccessSettings(
                access.getBoolean("open-to-network"),
                Set.copyOf(access.getStringList("open-pages")),
                access.getString("file").equals("off")
                    ? Optional.empty()
                    : Optional.of(StrictSettings.path(PATH + ".file", access.getString("file"))),
                access.getDuration("file-interval"),
                access.getInt("audit-lines-per-second"),
                LoginSettings.from(access.getConfig("login")),
                access));
  }

  /** The settings of a node that knows no users. */
  public static AccessSettings reference() {
    return from(
        ConfigFactory.defaultReference(AccessSettings.class.getClassLoader()).getConfig("grid"));
  }

  /**
   * Users, roles and tokens, those of the file among them.
   *
   * @throws GridConfigException when the file cannot be read or something is wrong in it
   */
  public AccessBook book() {
    if (file.isEmpty()) {
      return BookSettings.book(own, null, "");
    }
    return book(text());
  }

  /** The same with this text of the file. */
  AccessBook book(String text) {
    String where = file.map(Path::toString).orElse("");
    AccessBook book = BookSettings.book(own, BookSettings.parse(text, where), where);
    require(book.isRequired(), "file", "a file that names a user or a token", where);
    return book;
  }

  /**
   * What stands in the file.
   *
   * @throws GridConfigException when it cannot be read
   */
  String text() {
    Path path = file.orElseThrow();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      require(bytes.length <= FILE_BYTES_MAX, "file", "at most 4 MiB", path);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new GridConfigException(
          "The file of users cannot be read: key=" + PATH + ".file, file=" + path, e);
    }
  }

  /** The pages that are open, checked against those that there are. */
  public void checkPages(Set<String> known) {
    for (String page : List.copyOf(openPages)) {
      require(known.contains(page), "open-pages", "pages that can be read: " + known, page);
    }
  }

  /** Says nothing of hashes, which stand in {@code own}. */
  @Override
  public String toString() {
    return "AccessSettings[file=" + file + ", isOpenToNetwork=" + isOpenToNetwork + "]";
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, PATH + "." + key, wanted, found);
  }
}
