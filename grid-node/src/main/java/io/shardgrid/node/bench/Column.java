package io.shardgrid.node.bench;

import java.util.Locale;

/** A figure that a load is measured by. */
enum Column {
  /** Operations that were due, for the open loop. */
  DUE("due/s", "due_per_s", 0),
  /** Operations that ended as they should. */
  DONE("ops/s", "ops_per_s", 0),
  /** Latency, for the open loop: from when an operation was due. */
  P50("p50 us", "p50_us", 1),
  P99("p99", "p99_us", 1),
  P999("p99.9", "p999_us", 1),
  MAX("max", "max_us", 1),
  /** Operations that failed, or found nothing. */
  ERRORS("errors", "errors", 0),
  /** Processor time of all processes for an operation. */
  CPU("CPU us/op", "cpu_us_per_op", 2),
  /** The part of it that the nodes' own processes took, where there are such. */
  NODES_CPU("nodes'", "nodes_cpu_us_per_op", 2),
  /** Bytes that the callers' threads allocated for an operation, but for the values written. */
  ALLOCATED("B/op new", "caller_bytes_per_op", 0),
  /** Bytes that the nodes sent to each other for an operation, where there are several. */
  SENT("B/op sent", "sent_bytes_per_op", 0);

  private static final int WIDTH = 10;

  private final String head;
  private final String csvName;
  private final int digits;

  Column(String head, String csvName, int digits) {
    this.head = head;
    this.csvName = csvName;
    this.digits = digits;
  }

  /** Its head in the table. */
  String head() {
    return padded(head);
  }

  /** Its name in a file. */
  String csvName() {
    return csvName;
  }

  /** A figure for people; a dash if it was not measured. */
  String cell(double figure) {
    return padded(
        Double.isNaN(figure) ? "-" : String.format(Locale.ROOT, "%,." + digits + "f", figure));
  }

  private static String padded(String text) {
    return " ".repeat(Math.max(1, WIDTH - text.length())) + text;
  }
}
