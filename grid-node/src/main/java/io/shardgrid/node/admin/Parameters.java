package io.shardgrid.node.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside its path. Immutable.
 *
 * @param values what stands behind the question mark
 * @param accepted the forms that an answer may have, as in the header Accept; empty for any
 * @param body bytes that were sent with it; nobody changes them
 */
record Parameters(Map<String, List<String>> values, String accepted, byte[] body) {

  private static final int NAMED_MAX = 4_096;

  Parameters(Map<String, List<String>> values) {
    this(values, "", new byte[0]);
  }

  /** The only map that is named; null if there is none, or several. */
  @Nullable String map() {
    List<String> all = values.getOrDefault("map", List.of());
    return all.size() == 1 ? all.get(0) : null;
  }

  /** A request that says something else than it may. */
  static final class Wrong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  /**
   * Refuses all others.
   *
   * @throws Wrong if there is another one
   */
  void requireOnly(Set<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new Wrong("There is no such parameter: parameter=" + name + ", known=" + known);
      }
    }
  }

  /** All values of a parameter; several may stand in one, with commas between them. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (String value : values.getOrDefault(name, List.of())) {
      for (String text : value.split(",", -1)) {
        if (texts.size() >= NAMED_MAX) {
          throw new Wrong("Too many values: parameter=" + name + ", most=" + NAMED_MAX);
        }
        texts.add(text.strip());
      }
    }
    return texts;
  }

  /**
   * The value of a parameter as it is, commas and spaces included.
   *
   * @param otherwise what it is if it was left out
   * @throws Wrong if there are several
   */
  String text(String name, String otherwise) {
    List<String> all = values.getOrDefault(name, List.of(otherwise));
    if (all.size() != 1) {
      throw new Wrong("One value is wanted: parameter=" + name + ", found=" + all.size());
    }
    return all.get(0);
  }

  /**
   * All values of a parameter.
   *
   * @throws Wrong if one is no number
   */
  List<Integer> numbers(String name) {
    return texts(name).stream().map(text -> number(name, text)).toList();
  }

  /**
   * The value of a parameter.
   *
   * @throws Wrong unless there is exactly one, and it is a number
   */
  int number(String name) {
    List<Integer> all = numbers(name);
    if (all.size() != 1) {
      throw new Wrong("One number is wanted: parameter=" + name + ", found=" + all.size());
    }
    return all.get(0);
  }

  /**
   * The value of a parameter that may be left out.
   *
   * @throws Wrong if there are several, or it is no number from 0 to {@code max}
   */
  int number(String name, int otherwise, int max) {
    int number = values.containsKey(name) ? number(name) : otherwise;
    if (number < 0 || number > max) {
      throw new Wrong(
          "A number is out of range: parameter=%s, wanted=0 to %d, found=%d"
              .formatted(name, max, number));
    }
    return number;
  }

  /**
   * Values of the form {@code NAME=NUMBER}.
   *
   * @throws Wrong if one is not
   */
  Map<String, Integer> numbersByName(String name) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String text : texts(name)) {
      int equals = text.lastIndexOf('=');
      if (equals < 1) {
        throw new Wrong("NAME=NUMBER is wanted: parameter=" + name + ", found=" + text);
      }
      numbers.put(text.substring(0, equals), number(name, text.substring(equals + 1)));
    }
    return numbers;
  }

  private static int number(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Wrong("A number is wanted: parameter=" + name + ", found=" + text);
    }
  }
}
