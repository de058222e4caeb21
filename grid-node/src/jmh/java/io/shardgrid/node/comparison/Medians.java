package io.shardgrid.node.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The figures of several rounds, and the table of their medians. Not thread-safe. */
final class Medians {

  private final Map<String, Map<String, List<Figure>>> byProduct = new LinkedHashMap<>();
  private final Set<String> measurements = new LinkedHashSet<>();

  void add(String product, Figure figure) {
    measurements.add(figure.name());
    byProduct
        .computeIfAbsent(product, any -> new LinkedHashMap<>())
        .computeIfAbsent(figure.name(), any -> new ArrayList<>())
        .add(figure);
  }

  /**
   * A table in Markdown, a row a measurement. The first product's column of operations a second has
   * no ratio; that of each other one tells how many times its own the first one's are.
   */
  List<String> table(List<String> products) {
    List<String> lines = new ArrayList<>();
    StringBuilder heads = new StringBuilder("| |");
    for (String product : products) {
      heads.append(' ').append(product).append(" ops/s | p50 / p99 us |");
    }
    lines.add(heads.toString());
    lines.add("| --- |" + " ---: | ---: |".repeat(products.size()));
    for (String measurement : measurements) {
      lines.add(row(measurement, products));
    }
    return lines;
  }

  private String row(String measurement, List<String> products) {
    StringBuilder row = new StringBuilder("| " + measurement + " |");
    double first = median(products.get(0), measurement, Figure::eachSecond);
    for (String product : products) {
      double eachSecond = median(product, measurement, Figure::eachSecond);
      String ratio =
          product.equals(products.get(0)) || Double.isNaN(first)
              ? ""
              : String.format(Locale.ROOT, " (x %.2f)", first / eachSecond);
      row.append(
          Double.isNaN(eachSecond)
              ? " - | - |"
              : String.format(
                  Locale.ROOT,
                  " %,.0f%s | %.1f / %.1f |",
                  eachSecond,
                  ratio,
                  median(product, measurement, Figure::p50Micros),
                  median(product, measurement, Figure::p99Micros)));
    }
    return row.toString();
  }

  private double median(String product, String measurement, ToDoubleFunction<Figure> what) {
    List<Figure> all =
        byProduct.getOrDefault(product, Map.of()).getOrDefault(measurement, List.of());
    double[] sorted = all.stream().mapToDouble(what).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
