package io.shardgrid.baseline;

import io.shardgrid.figures.Machine;
import io.shardgrid.figures.MarkedSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Measures all maps in all situations, one JVM for each cell and mode, and renders a page of it.
 *
 * <p>It is a program of its own because the number of threads is an option of JMH and no parameter
 * of a benchmark. {@link MatrixOptions#USAGE} says what it takes.
 */
public final class LockMatrix {

  private static final String PAGE = "locks.md";
  private static final String CHART = "locks.svg";
  private static final String RESULTS = "locks.csv";
  private static final Path RAW = Path.of("target", "lock-matrix", "raw");
  private static final double NANOS_PER_SECOND = 1e9;

  /** How long a cell is measured in each of the two modes. */
  private record Effort(
      int keyCount, int valueBytes, Duration warmup, Duration iteration, int iterations) {

    static final Effort WHOLE =
        new Effort(1_000_000, 100, Duration.ofMillis(1_000), Duration.ofMillis(250), 8);
    static final Effort QUICK =
        new Effort(20_000, 100, Duration.ofMillis(200), Duration.ofMillis(100), 3);

    String describe() {
      return String.format(
          Locale.ROOT,
          "%,d keys, values of %d bytes; each cell and mode in a JVM of its own (%s): %d ms of"
              + " warm-up, %d x %d ms measured",
          keyCount,
          valueBytes,
          String.join(" ", JVM),
          warmup.toMillis(),
          iterations,
          iteration.toMillis());
    }
  }

  private static final List<String> JVM = List.of("-Xms2g", "-Xmx2g", "-XX:+UseG1GC");

  private final MatrixOptions options;
  private final Effort effort;

  private LockMatrix(MatrixOptions options) {
    this.options = options;
    this.effort = options.isQuick() ? Effort.QUICK : Effort.WHOLE;
  }

  /** Runs the matrix; ends with 2 if the command line is wrong. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    MatrixOptions options;
    try {
      options = MatrixOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(MatrixOptions.USAGE);
      System.exit(2);
      return;
    }
    new LockMatrix(options).run();
  }

  private void run() throws IOException, RunnerException {
    Path file = options.directory().resolve(RESULTS);
    MatrixResults results;
    if (options.isRendering()) {
      results = MatrixResults.load(file);
    } else {
      results = open(file);
      measure(results);
    }
    Path page = options.directory().resolve(PAGE);
    new MarkedSection("table").replace(page, new MatrixTable(results).markdown());
    Files.writeString(options.directory().resolve(CHART), new MatrixChart(results).svg());
    System.out.println("Rendered: " + page);
  }

  private MatrixResults open(Path file) throws IOException {
    List<String> circumstances = new ArrayList<>(Machine.describe());
    circumstances.add("run: " + effort.describe());
    if (options.isFresh() || options.isQuick() || !Files.exists(file)) {
      circumstances.add("date: " + LocalDate.now(ZoneOffset.UTC));
      return MatrixResults.begin(file, circumstances);
    }
    MatrixResults kept = MatrixResults.load(file);
    if (!kept.circumstances().containsAll(circumstances)) {
      throw new IllegalStateException(
          "Kept results come from another machine or run, --fresh throws them away: file=%s"
              .formatted(file));
    }
    return kept;
  }

  private void measure(MatrixResults results) throws IOException, RunnerException {
    List<MatrixCell> missing =
        options.cells().stream().filter(cell -> results.row(cell) == null).toList();
    Files.createDirectories(RAW);
    long start = System.nanoTime();
    Duration longest = Duration.ZERO;
    for (int i = 0; i < missing.size(); i++) {
      Duration before = Duration.ofNanos(System.nanoTime() - start);
      if (before.plus(longest).compareTo(options.limit()) > 0) {
        System.out.printf(
            "Out of time, the same command goes on: cells left=%d%n", missing.size() - i);
        return;
      }
      MatrixRow row = measure(missing.get(i));
      results.add(row);
      Duration after = Duration.ofNanos(System.nanoTime() - start);
      Duration took = after.minus(before);
      longest = took.compareTo(longest) > 0 ? took : longest;
      System.out.printf(
          "%d of %d, %d s, about %d s left: %s%n",
          i + 1,
          missing.size(),
          after.toSeconds(),
          after.dividedBy(i + 1).multipliedBy(missing.size() - i - 1).toSeconds(),
          row.toCsv());
    }
  }

  private MatrixRow measure(MatrixCell cell) throws RunnerException {
    Collection<RunResult> runs = new Runner(optionsFor(cell)).run();
    Result<?> throughput = primary(runs, Mode.Throughput);
    Statistics latency = primary(runs, Mode.SampleTime).getStatistics();
    return new MatrixRow(
        cell,
        throughput.getScore(),
        throughput.getScoreError(),
        latency.getPercentile(50) * NANOS_PER_SECOND,
        latency.getPercentile(99) * NANOS_PER_SECOND,
        latency.getPercentile(99.9) * NANOS_PER_SECOND,
        latency.getMax() * NANOS_PER_SECOND);
  }

  private static Result<?> primary(Collection<RunResult> runs, Mode mode) {
    return runs.stream()
        .filter(run -> run.getParams().getMode() == mode)
        .findFirst()
        .orElseThrow()
        .getPrimaryResult();
  }

  private Options optionsFor(MatrixCell cell) {
    return new OptionsBuilder()
        .include(ComparedMapBenchmark.class.getName() + ".operation$")
        .mode(Mode.Throughput)
        .mode(Mode.SampleTime)
        .param("map", cell.map().name())
        .param("readPercent", Integer.toString(cell.readPercent()))
        .param("distribution", cell.distribution().name())
        .param("keyCount", Integer.toString(effort.keyCount()))
        .param("valueBytes", Integer.toString(effort.valueBytes()))
        .threads(cell.threads())
        .forks(1)
        .jvmArgs(JVM.toArray(String[]::new))
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(effort.warmup().toMillis()))
        .measurementIterations(effort.iterations())
        .measurementTime(TimeValue.milliseconds(effort.iteration().toMillis()))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .resultFormat(ResultFormatType.JSON)
        .result(RAW.resolve(cell.code() + ".json").toString())
        .build();
  }
}
