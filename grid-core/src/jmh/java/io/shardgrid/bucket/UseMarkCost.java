package io.shardgrid.bucket;

import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.figures.Options;
import io.shardgrid.figures.ReportSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Measures what the check for overlapping uses costs a get: the same program with {@link UseMark}
 * and with a class of that name whose methods do nothing, in JVMs of their own, in turn.
 */
final class UseMarkCost {

  private static final String NOTHING =
      """
      package io.shardgrid.bucket;

      final class UseMark {
        void checkRead() {}
        int beginWrite() { return 0; }
        void endWrite(int begun) {}
        int beginScan() { return 0; }
        void endScan(int begun) {}
      }
      """;

  private UseMarkCost() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println(ReportSection.render(measure(List.of(args))));
  }

  /** Runs everything; minutes at the default size. */
  static List<ReportSection> measure(List<String> args) throws IOException, InterruptedException {
    Options options =
        Options.parse(
            args.toArray(String[]::new),
            Map.of(
                "entries", "1_000,1_000_000",
                "operations", "10_000_000",
                "rounds", "7",
                "jvm", "-Xms1g,-Xmx1g"));
    Path unmarked = Files.createTempDirectory("shardgrid-unmarked-");
    try {
      compileInto(unmarked);
      return List.of(section(args, options, unmarked));
    } finally {
      deleteAll(unmarked);
    }
  }

  private static ReportSection section(List<String> args, Options options, Path unmarked)
      throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable("entries", "a get of", "with the check", "without", "share of it");
    ChildJvm with = new ChildJvm(options.list("jvm"));
    ChildJvm without = with.preferring(unmarked);
    for (String entries : options.list("entries")) {
      List<String> childArgs =
          List.of("--entries=" + entries, "--operations=" + options.text("operations"));
      List<Figures> marked = new ArrayList<>();
      List<Figures> plain = new ArrayList<>();
      for (int round = 0; round < options.number("rounds"); round++) {
        marked.add(with.run(UseMarkRun.class, childArgs));
        plain.add(without.run(UseMarkRun.class, childArgs));
      }
      row(table, entries, "one use", "one", Figures.median(marked), Figures.median(plain));
      row(table, entries, "two uses", "two", Figures.median(marked), Figures.median(plain));
    }
    return new ReportSection(
        "What the check for overlapping uses costs a get",
        ReportSection.command(UseMarkCost.class, args),
        List.of(
            "The same program with `UseMark` and with an empty class in its place, in turn; medians"
                + " of "
                + options.text("rounds")
                + " JVMs each. *One use* is `get`, *two uses* are `find` and `value`. Random keys"
                + " of 16 bytes, values of 100, copied out; `"
                + String.join(" ", options.list("jvm"))
                + "`."),
        table);
  }

  private static void row(
      MarkdownTable table,
      String entries,
      String what,
      String figure,
      Figures marked,
      Figures plain) {
    double with = marked.of(figure);
    double without = plain.of(figure);
    table.row(
        Amounts.count(Integer.parseInt(entries.replace("_", ""))),
        what,
        Amounts.nanos(with),
        Amounts.nanos(without),
        Amounts.number(100 * (with - without) / with) + " %");
  }

  private static void compileInto(Path directory) throws IOException {
    Path source = directory.resolve("UseMark.java");
    Files.writeString(source, NOTHING);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int exit =
        compiler.run(null, null, null, "-proc:none", "-d", directory.toString(), source.toString());
    if (exit != 0) {
      throw new IllegalStateException("the empty mark does not compile: exit=" + exit);
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(path);
      }
    }
  }
}
