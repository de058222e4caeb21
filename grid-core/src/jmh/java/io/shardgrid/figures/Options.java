package io.shardgrid.figures;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of a measuring program, {@code --name=value} each; {@code --name} alone is true.
 * Immutable.
 */
public final class Options {

  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if an option is not among the defaults
   */
  public static Options parse(String[] args, Map<String, String> defaults) {
    Map<String, String> values = new TreeMap<>(defaults);
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      String key = name.startsWith("--") ? name.substring(2) : "";
      if (!defaults.containsKey(key)) {
        throw new IllegalArgumentException(
            "no such option: option=%s, known=%s".formatted(arg, new TreeMap<>(defaults)));
      }
      values.put(key, equals < 0 ? "true" : arg.substring(equals + 1));
    }
    return new Options(values);
  }

  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no such option: name=" + name);
    }
    return value;
  }

  public int number(String name) {
    try {
      return Integer.parseInt(text(name).replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "an option wants a number: name=%s, value=%s".formatted(name, text(name)), e);
    }
  }

  public boolean isOn(String name) {
    return text(name).equals("true");
  }

  /** The parts of a value with commas; none of an empty one. */
  public List<String> list(String name) {
    return text(name).isEmpty() ? List.of() : List.of(text(name).split(",", -1));
  }

  public List<Integer> numbers(String name) {
    return list(name).stream().map(part -> Integer.valueOf(part.replace("_", ""))).toList();
  }
}
