package io.shardgrid.node.comparison;

import java.util.Locale;
import org.HdrHistogram.AbstractHistogram;

/**
 * What one measurement came to.
 *
 * @param name of the measurement
 * @param eachSecond operations a second
 * @param p50Micros half of them took no longer
 * @param allocated bytes that the calling threads allocated for an operation; 0 if not measured
 * @param otherProcessors how many processors the machine's other processes kept busy: above 0.2 the
 *     measurement was disturbed
 */
record Figure(
    String name,
    double eachSecond,
    double p50Micros,
    double p99Micros,
    double p999Micros,
    long errors,
    double allocated,
    double otherProcessors) {

  private static final String MARK = "FIGURE";
  private static final double NANOS_PER_MICRO = 1e3;

  static Figure of(
      String name,
      double eachSecond,
      AbstractHistogram latency,
      long errors,
      double allocated,
      double otherProcessors) {
    return new Figure(
        name,
        eachSecond,
        latency.getValueAtPercentile(50) / NANOS_PER_MICRO,
        latency.getValueAtPercentile(99) / NANOS_PER_MICRO,
        latency.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
        errors,
        allocated,
        otherProcessors);
  }

  /** The names of the numbers of {@link #csv}. */
  static String heads() {
    return "measurement,ops_per_s,p50_us,p99_us,p999_us,errors,caller_bytes_per_op,other_cpu";
  }

  String csv() {
    return String.format(
        Locale.ROOT,
        "%s,%.0f,%.2f,%.2f,%.2f,%d,%.0f,%.2f",
        name,
        eachSecond,
        p50Micros,
        p99Micros,
        p999Micros,
        errors,
        allocated,
        otherProcessors);
  }

  /** The line by which a process tells it to the one that has started it. */
  String line() {
    return MARK + " " + csv();
  }

  static boolean isLine(String line) {
    return line.startsWith(MARK + " ");
  }

  static Figure ofLine(String line) {
    String[] fields = line.substring(MARK.length() + 1).split(",");
    return new Figure(
        fields[0],
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Long.parseLong(fields[5]),
        Double.parseDouble(fields[6]),
        Double.parseDouble(fields[7]));
  }
}
