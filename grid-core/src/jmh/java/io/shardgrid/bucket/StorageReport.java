package io.shardgrid.bucket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs all measurements of the storage engine and writes their tables into {@code
 * docs/storage-figures.md}; a quick or partial run writes into {@code target} instead.
 */
final class StorageReport {

  private static final String ALL = "growth,memory,collector,jmh";
  private static final Path FIGURES = Path.of("docs", "storage-figures.md");
  private static final Path PASSING_FIGURES = Path.of("target", "storage-figures.md");

  private final Options options;
  private final boolean quick;
  private final Set<String> parts;

  private StorageReport(String[] args) {
    this.options = Options.parse(args, Map.of("only", ALL, "quick", "false", "out", ""));
    this.quick = options.isOn("quick");
    this.parts = Set.copyOf(options.list("only"));
    if (!allParts().containsAll(parts)) {
      throw new IllegalArgumentException(
          "no such part: only=%s, known=%s".formatted(options.text("only"), ALL));
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
    StorageReport report = new StorageReport(args);
    Machine machine = Machine.here();
    List<ReportSection> sections = report.measure();
    Path file = report.file();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, report.render(List.of(args), machine, sections));
    System.out.println("written: " + file.toAbsolutePath());
  }

  private List<ReportSection> measure() throws IOException, InterruptedException, RunnerException {
    List<ReportSection> sections = new ArrayList<>();
    if (isOn("growth")) {
      add(sections, GrowthPauses.measure(growthArgs()));
    }
    if (isOn("memory")) {
      add(sections, MemoryPerEntry.measure(memoryArgs()));
    }
    if (isOn("collector")) {
      add(sections, CollectorCost.measure(collectorArgs()));
    }
    if (isOn("jmh")) {
      add(sections, BenchmarkTables.measure(quick));
    }
    return sections;
  }

  private static void add(List<ReportSection> sections, List<ReportSection> more) {
    System.out.println(ReportSection.render(more));
    sections.addAll(more);
  }

  private List<String> growthArgs() {
    return quick
        ? List.of("--entries=100_000", "--rounds=1", "--jvm=-Xms1g,-Xmx1g")
        : List.of("--entries=10_000_000", "--rounds=3");
  }

  private List<String> memoryArgs() {
    return quick
        ? List.of("--entries=100_000", "--jvm=-Xms1g,-Xmx1g")
        : List.of("--entries=1_000_000,10_000_000");
  }

  private List<String> collectorArgs() {
    return quick
        ? List.of("--entries=100_000", "--operations=1_000_000", "--jvm=-Xms128m,-Xmx128m")
        : List.of("--entries=10_000_000", "--operations=60_000_000");
  }

  private boolean isOn(String part) {
    return parts.contains(part);
  }

  private Path file() {
    if (!options.text("out").isEmpty()) {
      return Path.of(options.text("out"));
    }
    return quick || !parts.equals(allParts()) ? PASSING_FIGURES : FIGURES;
  }

  private static Set<String> allParts() {
    return Set.of(ALL.split(",", -1));
  }

  private String render(List<String> args, Machine machine, List<ReportSection> sections) {
    return """
    # Figures of the storage engine

    Made by a program, not to be edited; %s

    `%s`

    %s
    %s"""
        .formatted(
            quick ? "a quick run, which shows no more than that all runs." : "to make it anew:",
            ReportSection.command(
                StorageReport.class, args.isEmpty() ? List.of("--only=" + ALL) : args),
            machine.render(),
            ReportSection.render(sections));
  }
}
