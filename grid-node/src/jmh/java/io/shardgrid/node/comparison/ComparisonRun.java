package io.shardgrid.node.comparison;

import java.io.PrintStream;
import java.util.Locale;

/** A process that measures one product once: prints a line for each figure, and ends. */
final class ComparisonRun {

  private ComparisonRun() {}

  /** Workload, product, entries, bytes of a value, seconds to warm up, seconds to measure. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    Workload workload = Workload.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    Workload.Plan plan =
        new Workload.Plan(
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
    workload.run(arguments[1], plan, figure -> out.println(figure.line()));
    // Some products leave threads behind.
    System.exit(0);
  }
}
