package io.shardgrid.bucket;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Numbers with names that one run of a child JVM measured. Not thread-safe. */
final class Figures {

  private static final String LINE_PREFIX = "figure ";

  private final Map<String, Double> values = new LinkedHashMap<>();

  void put(String name, double value) {
    if (name.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("a figure's name has no blanks: name=" + name);
    }
    values.put(name, value);
  }

  void put(String name, long value) {
    put(name, (double) value);
  }

  double of(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "a run did not measure this: name=%s, measured=%s".formatted(name, values.keySet()));
    }
    return value;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The names of all figures, in the order in which they came. */
  Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** Writes lines from which {@link #parse} makes the same figures. */
  void print(PrintStream out) {
    values.forEach((name, value) -> out.println(LINE_PREFIX + name + " " + value));
  }

  /** Reads what {@link #print} wrote; other lines are passed over. */
  static Figures parse(List<String> lines) {
    Figures figures = new Figures();
    for (String line : lines) {
      if (line.startsWith(LINE_PREFIX)) {
        String[] parts = line.split(" ", -1);
        figures.put(parts[1], Double.parseDouble(parts[2]));
      }
    }
    return figures;
  }

  /** For each name the median of all runs. */
  static Figures median(List<Figures> runs) {
    return summary(runs, Figures::median);
  }

  /** For each name the largest of all runs. */
  static Figures largest(List<Figures> runs) {
    return summary(runs, sample -> Arrays.stream(sample).max().orElseThrow());
  }

  private static Figures summary(List<Figures> runs, ToDoubleFunction<double[]> function) {
    Figures summary = new Figures();
    for (String name : runs.get(0).values.keySet()) {
      summary.put(name, function.applyAsDouble(sample(runs, name)));
    }
    return summary;
  }

  private static double[] sample(List<Figures> runs, String name) {
    return runs.stream().mapToDouble(run -> run.of(name)).toArray();
  }

  /** The middle of the sample, or the mean of the two in the middle. */
  static double median(double... sample) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("a median wants a sample: length=0");
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
