package io.shardgrid.key;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.shardgrid.failure.GridConfigException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads settings strictly: a key that nobody knows is an error, and every error names its key. */
public final class StrictSettings {

  /** A key of the reference that stands for every key beside it. */
  private static final String ANY = "*";

  private StrictSettings() {}

  /**
   * Refuses keys that the reference does not have. In a section of the reference with the key
   * {@code *} every key is known, and is like that one.
   *
   * @param found settings with the user's keys
   * @param reference settings with every known key
   * @param path where both begin, for the message, such as {@code grid}
   * @throws GridConfigException for the first unknown key
   */
  public static void checkKeys(ConfigObject found, ConfigObject reference, String path) {
    for (String key : new TreeSet<>(found.keySet())) {
      var exact = reference.get(key);
      var known = exact == null ? reference.get(ANY) : exact;
      if (known == null) {
        throw new GridConfigException(
            "A setting is unknown: key="
                + path
                + "."
                + key
                + ", known here="
                + String.join(" ", new TreeSet<>(reference.keySet()))
                + origin(found, key));
      }
      if (known.valueType() == ConfigValueType.OBJECT) {
        ConfigValue value = found.get(key);
        if (!(value instanceof ConfigObject inner)) {
          throw wrong(path + "." + key, "a section", value == null ? "nothing" : value.render());
        }
        checkKeys(inner, (ConfigObject) known, path + "." + key);
      }
    }
  }

  /**
   * Reads one record of settings.
   *
   * @param path where {@code section} stands, for the message
   * @throws GridConfigException when a value is missing or of the wrong type
   */
  public static <T> T read(Config section, String path, Function<Config, T> reader) {
    try {
      return reader.apply(section);
    } catch (ConfigException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new GridConfigException(
          "A setting is missing or of the wrong type: section=" + path + ", cause=" + reason, e);
    }
  }

  /**
   * Refuses a value.
   *
   * @throws GridConfigException unless {@code holds}
   */
  public static void require(boolean holds, String key, String wanted, Object found) {
    if (!holds) {
      throw wrong(key, wanted, found);
    }
  }

  /**
   * The file or directory of this name.
   *
   * @param key full key of the setting, for the message
   * @throws GridConfigException if no file can have that name
   */
  public static Path path(String key, String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new GridConfigException(
          "A setting is no name of a file: key=" + key + ", cause=" + e.getReason(), e);
    }
  }

  private static GridConfigException wrong(String key, String wanted, Object found) {
    return new GridConfigException(
        "A setting is out of range: key=" + key + ", wanted=" + wanted + ", found=" + found);
  }

  private static String origin(Map<String, ? extends ConfigValue> at, String key) {
    var value = at.get(key);
    return value == null ? "" : ", at=" + value.origin().description();
  }
}
