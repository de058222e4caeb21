package io.shardgrid.node.telemetry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one line of the log: each name once, all of them bounded, no nulls. Not
 * thread-safe.
 */
final class LogFields {

  static final int ADDED_MAX = 24;
  static final int KEY_CHARS_MAX = 64;
  static final int VALUE_CHARS_MAX = 512;

  /** Names with a meaning of their own, also where an event does without them. */
  private static final Set<String> OURS =
      Set.of(
          "time",
          "level",
          "logger",
          "thread",
          "message",
          JsonLines.CLUSTER,
          JsonLines.NODE,
          "error_class",
          "error_message",
          "error_stack");

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private int added;

  /** Sets one of the names with a meaning; null for none. */
  void put(String name, @Nullable Object value, int charsMax) {
    if (value != null) {
      fields.put(name, cut(text(value), charsMax));
    }
  }

  /**
   * Adds what somebody has chosen the name of. It is brought into the form of a label of Loki, and
   * gets underscores at its end until it is new. Beyond the bound nothing is added.
   */
  void add(@Nullable String key, @Nullable Object value) {
    if (value == null || added == ADDED_MAX) {
      return;
    }
    StringBuilder name = new StringBuilder(label(key));
    while (OURS.contains(name.toString()) || fields.containsKey(name.toString())) {
      name.append('_');
    }
    added++;
    fields.put(name.toString(), plain(value));
  }

  /** The same if nothing has that name. */
  void addIfNew(String key, @Nullable Object value) {
    if (!fields.containsKey(key)) {
      add(key, value);
    }
  }

  Map<String, Object> inOrder() {
    return Collections.unmodifiableMap(fields);
  }

  private static String label(@Nullable String key) {
    String name = key == null ? "" : key;
    name = name.substring(0, Math.min(name.length(), KEY_CHARS_MAX));
    name = name.replaceAll("[^A-Za-z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  private static Object plain(Object value) {
    boolean isWhole = value instanceof Integer || value instanceof Long || value instanceof Short;
    boolean isFinite = value instanceof Double number && Double.isFinite(number);
    return isWhole || isFinite || value instanceof Boolean
        ? value
        : cut(text(value), VALUE_CHARS_MAX);
  }

  private static String text(Object value) {
    try {
      return "" + value;
    } catch (RuntimeException e) {
      return "no text: class=" + value.getClass().getName() + ", cause=" + e.getClass().getName();
    }
  }

  /** The beginning, with a mark at its end where something is missing. */
  private static String cut(String text, int charsMax) {
    if (text.length() <= charsMax) {
      return text;
    }
    int end = charsMax - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
