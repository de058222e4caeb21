package io.shardgrid.node.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** The runs of one drill, summed up. Confined to the command's thread. */
final class Tally {

  private static final String FORM = "  %5s %5s %5s %14s %20s %20s";
  private static final double NANOS_PER_SECOND = 1e9;

  private final int drill;
  private final List<Course> courses = new ArrayList<>();

  Tally(int drill) {
    this.drill = drill;
  }

  void add(Course course) {
    courses.add(course);
  }

  int drill() {
    return drill;
  }

  /** Whether everything held in every run. */
  boolean holds() {
    return courses.stream().allMatch(Course::holds);
  }

  /** The heads of the columns of {@link #row}. */
  static String heads() {
    return FORM.formatted("drill", "runs", "held", "failed ops", "serve again, s", "slowest op, s");
  }

  /** A line of the table; of times the median and the maximum of runs that got over it. */
  String row() {
    List<Course> ended =
        courses.stream().filter(course -> course.answeredNanos().isPresent()).toList();
    return FORM.formatted(
        drill,
        courses.size(),
        courses.stream().filter(Course::holds).count(),
        courses.stream().mapToInt(Course::failures).sum(),
        medianAndMax(ended.stream().mapToLong(course -> course.answeredNanos().getAsLong())),
        medianAndMax(ended.stream().mapToLong(Course::slowestNanos)));
  }

  private static String medianAndMax(LongStream nanos) {
    long[] sorted = nanos.sorted().toArray();
    if (sorted.length == 0) {
      return "-";
    }
    return String.format(
        Locale.ROOT,
        "%.2f, max %.2f",
        sorted[sorted.length / 2] / NANOS_PER_SECOND,
        sorted[sorted.length - 1] / NANOS_PER_SECOND);
  }
}
