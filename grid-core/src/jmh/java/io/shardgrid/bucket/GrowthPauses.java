package io.shardgrid.bucket;

import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.figures.Options;
import io.shardgrid.figures.ReportSection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the longest put while a map grows from nothing: BucketMap beside the JDK's maps, each
 * run in a JVM of its own, in turn.
 */
final class GrowthPauses {

  private static final List<Contender> CONTENDERS =
      List.of(Contender.BUCKET_MAP, Contender.HASH_MAP, Contender.CONCURRENT_HASH_MAP);

  private final Options options;
  private final Map<Contender, Figures> medians = new EnumMap<>(Contender.class);
  private final Map<Contender, Figures> worst = new EnumMap<>(Contender.class);
  private final List<String> args;

  private GrowthPauses(List<String> args) {
    this.args = List.copyOf(args);
    this.options =
        Options.parse(
            args.toArray(String[]::new),
            Map.of(
                "entries", "10_000_000",
                "key-bytes", "16",
                "value-bytes", "100",
                "rounds", "3",
                "jvm", "-Xms6g,-Xmx6g,-XX:+AlwaysPreTouch"));
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println(ReportSection.render(measure(List.of(args))));
  }

  /** Runs everything; minutes at the default size. */
  static List<ReportSection> measure(List<String> args) throws IOException, InterruptedException {
    GrowthPauses growth = new GrowthPauses(args);
    growth.run();
    return List.of(growth.puts(), growth.pauses());
  }

  private void run() throws IOException, InterruptedException {
    ChildJvm jvm = new ChildJvm(options.list("jvm"));
    Map<Contender, List<Figures>> runs = new EnumMap<>(Contender.class);
    for (int round = 0; round < options.number("rounds"); round++) {
      for (Contender contender : CONTENDERS) {
        runs.computeIfAbsent(contender, any -> new ArrayList<>())
            .add(
                jvm.run(
                    GrowthRun.class,
                    List.of(
                        "--contender=" + contender,
                        "--entries=" + options.text("entries"),
                        "--key-bytes=" + options.text("key-bytes"),
                        "--value-bytes=" + options.text("value-bytes"))));
      }
    }
    runs.forEach(
        (contender, figures) -> {
          medians.put(contender, Figures.median(figures));
          worst.put(contender, Figures.largest(figures));
        });
  }

  private ReportSection puts() {
    MarkdownTable table =
        new MarkdownTable(
            "map",
            "puts",
            "p50",
            "p99",
            "p99.9",
            "p99.99",
            "over 50 µs, a second",
            "longest",
            "longest of all rounds");
    for (Contender contender : CONTENDERS) {
      row(table, contender, "all", "map.all");
      row(table, contender, "met by no pause", "map.undisturbed");
      row(table, contender, "none: the timing itself", "loop");
      row(table, contender, "in CPU time", "map.cpu");
      row(table, contender, "none, in CPU time", "loop.cpu");
    }
    return section(
        "Puts while a map grows",
        List.of(
            sizes(),
            "Each put is timed alone. *Met by no pause* leaves out the puts during which, or within"
                + " 10 µs of which, all threads of the JVM stood still. *CPU time* is a growth of"
                + " its own, timed by what the thread has used of a processor: waiting does not"
                + " count, neither for the collector nor for a processor. *The timing itself* is"
                + " the same loop, for as long, with a map that keeps nothing: how often and how"
                + " long the machine interrupts a thread. Its percentiles are those of more and shorter calls."),
        table);
  }

  private void row(MarkdownTable table, Contender contender, String puts, String prefix) {
    Figures figures = figures(contender);
    table.row(
        contender.label(),
        puts,
        Amounts.nanos(figures.of(prefix + ".p50.0")),
        Amounts.nanos(figures.of(prefix + ".p99.0")),
        Amounts.nanos(figures.of(prefix + ".p99.9")),
        Amounts.nanos(figures.of(prefix + ".p99.99")),
        Amounts.number(figures.of(prefix + ".over")),
        Amounts.nanos(figures.of(prefix + ".max")),
        Amounts.nanos(worst(contender).of(prefix + ".max")));
  }

  private ReportSection pauses() {
    MarkdownTable table =
        new MarkdownTable(
            "map",
            "longest put, pauses taken out",
            "to BucketMap's",
            "longest put, CPU time",
            "to BucketMap's",
            "puts met by a pause",
            "GC pauses",
            "their sum",
            "longest",
            "all stops",
            "their sum",
            "growth takes");
    for (Contender contender : CONTENDERS) {
      Figures figures = figures(contender);
      table.row(
          contender.label(),
          Amounts.nanos(figures.of("map.net.max")),
          ratio(contender, "map.net.max"),
          Amounts.nanos(figures.of("map.cpu.max")),
          ratio(contender, "map.cpu.max"),
          Amounts.count(figures.of("map.removed")),
          Amounts.count(figures.of("map.gc")),
          Amounts.nanos(figures.of("map.gc.sum")),
          Amounts.nanos(figures.of("map.gc.max")),
          Amounts.count(figures.of("map.stops")),
          Amounts.nanos(figures.of("map.stops.sum")),
          Amounts.nanos(figures.of("map.seconds") * 1e9));
    }
    return section(
        "The longest put outside of pauses",
        List.of(
            sizes(),
            "*Pauses taken out*: no put is left out, but the time in which all threads stood still"
                + " does not count. A HashMap's longest is the copying of its table. Pauses are"
                + " those of the garbage collector; stops are all safepoints."),
        table);
  }

  private String sizes() {
    return ("From 0 to %s entries, keys of %s and values of %s bytes; `%s`;"
            + " rounds: %s, shown is their median.")
        .formatted(
            Amounts.count(options.number("entries")),
            options.text("key-bytes"),
            options.text("value-bytes"),
            String.join(" ", options.list("jvm")),
            options.text("rounds"));
  }

  private ReportSection section(String title, List<String> notes, MarkdownTable table) {
    return new ReportSection(title, ReportSection.command(GrowthPauses.class, args), notes, table);
  }

  private String ratio(Contender contender, String name) {
    return Amounts.ratio(figures(contender).of(name), figures(Contender.BUCKET_MAP).of(name));
  }

  private Figures figures(Contender contender) {
    return of(medians, contender);
  }

  private Figures worst(Contender contender) {
    return of(worst, contender);
  }

  private static Figures of(Map<Contender, Figures> figures, Contender contender) {
    Figures found = figures.get(contender);
    if (found == null) {
      throw new IllegalStateException("no run measured this: contender=" + contender);
    }
    return found;
  }
}
