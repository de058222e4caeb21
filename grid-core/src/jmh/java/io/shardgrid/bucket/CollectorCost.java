package io.shardgrid.bucket;

import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.figures.Options;
import io.shardgrid.figures.ReportSection;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Measures what a large map costs the garbage collector while it is overwritten and read: BucketMap
 * beside ConcurrentHashMap, each in a JVM of its own.
 */
final class CollectorCost {

  private static final List<Contender> CONTENDERS =
      List.of(Contender.BUCKET_MAP, Contender.CONCURRENT_HASH_MAP);

  private CollectorCost() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println(ReportSection.render(measure(List.of(args))));
  }

  /** Runs everything; minutes at the default size. */
  static List<ReportSection> measure(List<String> args) throws IOException, InterruptedException {
    Options options =
        Options.parse(
            args.toArray(String[]::new),
            Map.of(
                "entries", "10_000_000",
                "key-bytes", "16",
                "value-bytes", "100",
                "operations", "60_000_000",
                "jvm", "-Xms6g,-Xmx6g,-XX:+AlwaysPreTouch"));
    MarkdownTable table =
        new MarkdownTable(
            "map",
            "pauses",
            "mean",
            "p99",
            "longest",
            "sum",
            "collector's CPU time",
            "churn takes",
            "a full collection");
    ChildJvm jvm = new ChildJvm(options.list("jvm"));
    for (Contender contender : CONTENDERS) {
      row(table, contender, jvm.run(CollectorRun.class, childArgs(options, contender)));
    }
    return List.of(
        new ReportSection(
            "What a large map costs the collector",
            ReportSection.command(CollectorCost.class, args),
            List.of(
                "%s entries, keys of %s and values of %s bytes; %s operations: an overwriting put"
                        .formatted(
                            Amounts.count(options.number("entries")),
                            options.text("key-bytes"),
                            options.text("value-bytes"),
                            Amounts.count(options.number("operations")))
                    + " of a random entry, then a get of another, the value copied out; `"
                    + String.join(" ", options.list("jvm"))
                    + "`. Pauses and CPU time (of all the collector's threads) are those of the"
                    + " churn; the full collection is the median of three before it."),
            table));
  }

  private static List<String> childArgs(Options options, Contender contender) {
    return List.of(
        "--contender=" + contender,
        "--entries=" + options.text("entries"),
        "--key-bytes=" + options.text("key-bytes"),
        "--value-bytes=" + options.text("value-bytes"),
        "--operations=" + options.text("operations"));
  }

  private static void row(MarkdownTable table, Contender contender, Figures figures) {
    double cpu = figures.of("cpu");
    table.row(
        contender.label(),
        Amounts.count(figures.of("pauses")),
        Amounts.nanos(figures.of("pauses.mean")),
        Amounts.nanos(figures.of("pauses.p99")),
        Amounts.nanos(figures.of("pauses.max")),
        Amounts.nanos(figures.of("pauses.sum")),
        Double.isNaN(cpu) ? "-" : Amounts.nanos(cpu),
        Amounts.nanos(figures.of("churn")),
        Amounts.nanos(figures.of("full")));
  }
}
