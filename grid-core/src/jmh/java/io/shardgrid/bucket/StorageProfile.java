package io.shardgrid.bucket;

import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.figures.Options;
import io.shardgrid.figures.ReportSection;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Shows where get and put of random entries spend their time: shares of a flight recording's
 * samples, by the method at the top of the stack, each operation in a JVM of its own.
 */
final class StorageProfile {

  /** Before the name of a method in the figures of {@link ProfileRun}. */
  static final String SHARE = "share.";

  private static final int ROWS = 8;

  private StorageProfile() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println(ReportSection.render(measure(List.of(args))));
  }

  /** Runs everything; a minute at the default size. */
  static List<ReportSection> measure(List<String> args) throws IOException, InterruptedException {
    Options options =
        Options.parse(
            args.toArray(String[]::new),
            Map.of(
                "entries",
                "1_000_000",
                "operations",
                "50_000_000",
                "jvm",
                "-Xms1g,-Xmx1g,-XX:+UnlockDiagnosticVMOptions,-XX:+DebugNonSafepoints"));
    ChildJvm jvm = new ChildJvm(options.list("jvm"));
    MarkdownTable table = new MarkdownTable("operation", "takes", "in method", "of the samples");
    for (String operation : List.of("get", "put")) {
      Figures figures =
          jvm.run(
              ProfileRun.class,
              List.of(
                  "--operation=" + operation,
                  "--entries=" + options.text("entries"),
                  "--operations=" + options.text("operations")));
      rows(table, operation, figures);
    }
    return List.of(
        new ReportSection(
            "Where the time goes",
            ReportSection.command(StorageProfile.class, args),
            List.of(
                "%s operations on random ones of %s entries, keys of 16 and values of 100 bytes; `%s`."
                    .formatted(
                        Amounts.count(options.number("operations")),
                        Amounts.count(options.number("entries")),
                        String.join(" ", options.list("jvm")))),
            table));
  }

  private static void rows(MarkdownTable table, String operation, Figures figures) {
    List<String> methods =
        figures.names().stream()
            .filter(name -> name.startsWith(SHARE))
            .sorted(Comparator.comparingDouble(name -> -figures.of(name)))
            .limit(ROWS)
            .toList();
    for (String method : methods) {
      table.row(
          operation,
          Amounts.nanos(figures.of("nanos")),
          "`" + method.substring(SHARE.length()) + "`",
          Amounts.number(100 * figures.of(method)) + " %");
    }
  }
}
