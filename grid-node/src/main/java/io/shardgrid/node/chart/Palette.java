package io.shardgrid.node.chart;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The colours of lines, on a light and on a dark ground. Stateless. */
final class Palette {

  private static final List<String> LIGHT =
      List.of("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#cf222e", "#7d5e00");
  private static final List<String> DARK =
      List.of("#58a6ff", "#f0883e", "#3fb950", "#bc8cff", "#ff7b72", "#e3b341");

  private Palette() {}

  /** How many there are. */
  static int size() {
    return LIGHT.size();
  }

  /**
   * A rule of a style sheet for each colour.
   *
   * @param selector of the class, with {@code %d} for the number of the colour
   * @param property what has the colour
   */
  static String rules(boolean isDark, String selector, String property) {
    List<String> colours = isDark ? DARK : LIGHT;
    return IntStream.range(0, colours.size())
        .mapToObj(
            colour ->
                "%s { %s: %s }"
                    .formatted(selector.formatted(colour), property, colours.get(colour)))
        .collect(Collectors.joining(" "));
  }
}
