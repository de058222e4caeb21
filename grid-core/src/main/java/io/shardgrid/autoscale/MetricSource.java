package io.shardgrid.autoscale;

/** Where the readings of a metric come from. */
public enum MetricSource {
  /** Nowhere: the metric is not used. */
  OFF,
  /** Processor time of the JVM, of the machine's processors. */
  CPU,
  /** Live bytes of all replicas, of the bytes that a node may hold. */
  MEMORY,
  /** Operations a second of a node's primaries. */
  OPERATIONS,
  /** What 99 of 100 of these do not exceed, in milliseconds. */
  P99,
  /** Operations that wait for backups. */
  QUEUE,
  /** A number that the application gives. */
  GAUGE;

  /** Whether it has a whole that a utilisation can be a part of. */
  boolean hasWhole() {
    return this == CPU || this == MEMORY;
  }

  /** The whole. */
  double whole(LoadReport report) {
    return this == MEMORY ? report.bytes().max() : 1;
  }

  /** What a node reads; not a number if it reads nothing. */
  double value(LoadReport report, String gauge) {
    return switch (this) {
      case OFF -> Double.NaN;
      case CPU -> report.cpu();
      case MEMORY -> report.bytes().held();
      case OPERATIONS -> report.work().operationsPerSecond();
      case P99 -> report.work().slowMillis();
      case QUEUE -> report.work().queued();
      case GAUGE -> report.gauges().getOrDefault(gauge, Double.NaN);
    };
  }
}
