package io.shardgrid.node.security;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads users, roles and tokens: from {@code grid.node.access}, and from a file with the same three
 * sections. Confined to one thread.
 */
final class BookSettings {

  private static final String ANY = "*";
  private static final String NEVER = "never";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Roles that need not be configured. */
  private static final Map<String, List<Grant>> KNOWN_ROLES =
      Map.of(
          "read", List.of(new Grant(List.of(ANY), EnumSet.of(Right.READ))),
          "write", List.of(new Grant(List.of(ANY), EnumSet.of(Right.READ, Right.WRITE))),
          "admin", List.of(new Grant(List.of(ANY), EnumSet.allOf(Right.class))));

  private final Map<String, List<Grant>> roles = new HashMap<>(KNOWN_ROLES);
  private final Map<String, User> users = new LinkedHashMap<>();
  private final Map<String, Token> tokens = new LinkedHashMap<>();

  private BookSettings() {}

  /**
   * Reads the node's own section and, if there is one, a file's.
   *
   * @throws GridConfigException for what is wrong; names key and place, and no hash
   */
  static AccessBook book(Config own, @Nullable Config file, String where) {
    BookSettings book = new BookSettings();
    try {
      String path = AccessSettings.PATH + ".";
      book.readRoles(own, path);
      if (file != null) {
        book.readRoles(file, where + ": ");
        book.readHolders(file, where + ": ");
      }
      book.readHolders(own, path);
    } catch (ConfigException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new GridConfigException("A setting of access is wrong: cause=" + reason, e);
    }
    return new AccessBook(book.users, List.copyOf(book.tokens.values()));
  }

  /**
   * The three sections of a file's text.
   *
   * @throws GridConfigException when it does not parse or a key is unknown
   */
  static Config parse(String text, String where) {
    Config reference =
        ConfigFactory.defaultReference(BookSettings.class.getClassLoader())
            .getConfig(AccessSettings.PATH);
    Config known =
        ConfigFactory.empty()
            .withValue("users", reference.getValue("users"))
            .withValue("roles", reference.getValue("roles"))
            .withValue("tokens", reference.getValue("tokens"));
    try {
      Config found = ConfigFactory.parseString(text).resolve();
      StrictSettings.checkKeys(found.root(), known.root(), where);
      return found.withFallback(known);
    } catch (ConfigException e) {
      throw new GridConfigException(
          "The file of users cannot be read: file="
              + where
              + ", line="
              + (e.origin() == null ? "unknown" : String.valueOf(e.origin().lineNumber())),
          e);
    }
  }

  private void readRoles(Config access, String path) {
    each(
        access.getObject("roles"),
        (name, value) -> {
          String key = path + "roles." + name;
          require(!roles.containsKey(name), key, "a name that is not taken", name);
          require(value instanceof ConfigList, key, "a list of grants", value.valueType());
          List<Grant> grants = new ArrayList<>();
          for (ConfigValue grant : (ConfigList) value) {
            require(grant instanceof ConfigObject, key, "{maps = [..], allow = [..]}", name);
            grants.add(grant(((ConfigObject) grant).toConfig(), key));
          }
          roles.put(name, List.copyOf(grants));
        });
  }

  private static Grant grant(Config grant, String key) {
    Set<String> unknown = new TreeSet<>(grant.root().keySet());
    unknown.removeAll(Set.of("maps", "allow"));
    require(unknown.isEmpty(), key, "maps and allow in a grant", unknown);
    Set<Right> allow = EnumSet.noneOf(Right.class);
    for (String word : grant.getStringList("allow")) {
      Right right = null;
      for (Right known : Right.values()) {
        right = known.word().equals(word) ? known : right;
      }
      require(right != null, key + ".allow", "read, write, admin", word);
      allow.add(java.util.Objects.requireNonNull(right));
    }
    require(!allow.isEmpty(), key + ".allow", "at least one of read, write, admin", "[]");
    List<String> maps = grant.hasPath("maps") ? grant.getStringList("maps") : List.of();
    boolean isOfData = allow.contains(Right.READ) || allow.contains(Right.WRITE);
    require(!isOfData || !maps.isEmpty(), key + ".maps", "the maps to read or write", maps);
    return new Grant(maps, allow);
  }

  private void readHolders(Config access, String path) {
    each(
        access.getObject("users"),
        (name, value) -> {
          String key = path + "users." + name;
          require(!users.containsKey(name), key, "a name that is not taken", name);
          Config user = section(value, key, access.getObject("users").get(ANY));
          users.put(
              name,
              new User(name, passwords(user, key), grants(user, key), user.getBoolean("enabled")));
        });
    each(
        access.getObject("tokens"),
        (name, value) -> {
          String key = path + "tokens." + name;
          require(!tokens.containsKey(name), key, "a name that is not taken", name);
          Config token = section(value, key, access.getObject("tokens").get(ANY));
          String digest = token.getString("sha256");
          require(
              DIGEST.matcher(digest).matches(),
              key + ".sha256",
              "64 hexadecimal digits, as the command token prints",
              digest.length() + " characters");
          tokens.put(name, new Token(name, digest, expiry(token, key), grants(token, key)));
        });
  }

  private static List<PasswordHash> passwords(Config user, String key) {
    List<String> texts =
        user.getValue("password").valueType() == ConfigValueType.LIST
            ? user.getStringList("password")
            : List.of(user.getString("password"));
    List<PasswordHash> hashes = new ArrayList<>();
    for (String text : texts) {
      try {
        hashes.add(PasswordHash.parse(text));
      } catch (IllegalArgumentException e) {
        require(false, key + ".password", PasswordHash.FORM, text.length() + " characters");
      }
    }
    require(!hashes.isEmpty(), key + ".password", "at least one hash", "[]");
    return hashes;
  }

  private Grants grants(Config holder, String key) {
    List<Grant> grants = new ArrayList<>();
    for (String role : holder.getStringList("roles")) {
      List<Grant> found = roles.get(role);
      require(found != null, key + ".roles", "one of " + new TreeSet<>(roles.keySet()), role);
      grants.addAll(java.util.Objects.requireNonNull(found));
    }
    require(!grants.isEmpty(), key + ".roles", "at least one role", "[]");
    return new Grants(grants);
  }

  private static @Nullable Instant expiry(Config token, String key) {
    String text = token.getString("expires");
    if (text.equals(NEVER)) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new GridConfigException(
          "A setting is out of range: key="
              + key
              + ".expires, wanted=never or a time such as 2030-01-31T00:00:00Z, found="
              + text,
          e);
    }
  }

  private static Config section(ConfigValue value, String key, @Nullable ConfigValue usual) {
    require(value instanceof ConfigObject, key, "a section", value.valueType());
    Config found = ((ConfigObject) value).toConfig();
    return usual instanceof ConfigObject defaults ? found.withFallback(defaults.toConfig()) : found;
  }

  private static void each(ConfigObject section, BiConsumer<String, ConfigValue> entry) {
    for (String name : new TreeSet<>(section.keySet())) {
      ConfigValue value = section.get(name);
      if (!name.equals(ANY) && value != null) {
        require(
            NAME.matcher(name).matches(),
            "a name in " + AccessSettings.PATH,
            "1 to 64 letters, digits and ._@-",
            name);
        entry.accept(name, value);
      }
    }
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, key, wanted, found);
  }
}
