package io.shardgrid.bucket;

import io.shardgrid.figures.Machine;
import io.shardgrid.figures.MarkedSection;
import io.shardgrid.figures.Options;
import io.shardgrid.figures.ReportSection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs measurements of the storage engine and puts their tables into {@code docs/storage.md}, each
 * part at its place; a quick run, which shows no more than that all runs, only prints them.
 */
final class StorageReport {

  private static final List<String> ALL =
      List.of("growth", "memory", "collector", "eviction", "profile", "overlap", "jmh");
  private static final Path PAGE = Path.of("docs", "storage.md");

  private final boolean isQuick;

  private StorageReport(boolean isQuick) {
    this.isQuick = isQuick;
  }

  public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
    Options options = Options.parse(args, Map.of("only", String.join(",", ALL), "quick", "false"));
    List<String> parts = options.list("only");
    if (!ALL.containsAll(parts)) {
      throw new IllegalArgumentException(
          "no such part: only=%s, known=%s".formatted(options.text("only"), ALL));
    }
    StorageReport report = new StorageReport(options.isOn("quick"));
    for (String part : parts) {
      report.write(part);
    }
  }

  private void write(String part) throws IOException, InterruptedException, RunnerException {
    String circumstances =
        "*%s; %s*".formatted(LocalDate.now(ZoneOffset.UTC), String.join("; ", Machine.describe()));
    String text = circumstances + "\n\n" + ReportSection.render(measure(part));
    System.out.println(text);
    if (!isQuick) {
      new MarkedSection(part).replace(PAGE, text);
    }
  }

  private List<ReportSection> measure(String part)
      throws IOException, InterruptedException, RunnerException {
    return switch (part) {
      case "growth" -> GrowthPauses.measure(growthArgs());
      case "memory" -> MemoryPerEntry.measure(memoryArgs());
      case "collector" -> CollectorCost.measure(collectorArgs());
      case "eviction" -> EvictionQuality.measure(evictionArgs());
      case "overlap" -> UseMarkCost.measure(overlapArgs());
      case "profile" -> StorageProfile.measure(profileArgs());
      default -> BenchmarkTables.measure(isQuick);
    };
  }

  private List<String> growthArgs() {
    return isQuick
        ? List.of("--entries=100_000", "--rounds=1", "--jvm=-Xms1g,-Xmx1g")
        : List.of("--entries=10_000_000", "--rounds=3");
  }

  private List<String> memoryArgs() {
    return isQuick
        ? List.of("--entries=100_000", "--jvm=-Xms1g,-Xmx1g")
        : List.of("--entries=1_000_000,10_000_000");
  }

  private List<String> collectorArgs() {
    return isQuick
        ? List.of("--entries=100_000", "--operations=1_000_000", "--jvm=-Xms128m,-Xmx128m")
        : List.of("--entries=10_000_000", "--operations=60_000_000");
  }

  private List<String> evictionArgs() {
    return isQuick ? List.of("--keys=2_000", "--capacity=200", "--accesses=20_000") : List.of();
  }

  private List<String> profileArgs() {
    return isQuick ? List.of("--entries=100_000", "--operations=1_000_000") : List.of();
  }

  private List<String> overlapArgs() {
    return isQuick ? List.of("--entries=1_000", "--operations=1_000_000", "--rounds=1") : List.of();
  }
}
