package io.shardgrid.bucket;

import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.figures.ReportSection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks of this package and makes tables of their results. */
final class BenchmarkTables {

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String QUICK_ARGS = " -f 1 -wi 1 -i 1 -w 100ms -r 100ms -p entries=1000";

  private final boolean quick;

  private BenchmarkTables(boolean quick) {
    this.quick = quick;
  }

  /** Runs all; quick ones only show that they run. */
  static List<ReportSection> measure(boolean quick) throws RunnerException {
    BenchmarkTables tables = new BenchmarkTables(quick);
    List<ReportSection> sections = new ArrayList<>();
    sections.add(
        tables.section(
            BucketMapBenchmark.class,
            "One thread, keys in random order, values copied in and out; *keyAlone* is the part of"
                + " the others that chooses a key."));
    sections.add(tables.section(ScanBenchmark.class, "Time an entry, key and value copied out."));
    sections.add(
        tables.section(
            GrowthGetBenchmark.class,
            "The same entries, in the middle of a growth and after its end."));
    return sections;
  }

  private ReportSection section(Class<?> benchmark, String note) throws RunnerException {
    return new ReportSection(
        benchmark.getSimpleName(), command(benchmark), List.of(note), scores(run(benchmark)));
  }

  private String command(Class<?> benchmark) {
    return "mvn -q -Pjmh -pl grid-core test-compile exec:exec -Djmh.args=\"%s -prof gc%s\""
        .formatted(benchmark.getName(), quick ? QUICK_ARGS : "");
  }

  private Collection<RunResult> run(Class<?> benchmark) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark.getName().replace(".", "\\.") + "\\.")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    if (quick) {
      options
          .forks(1)
          .warmupIterations(1)
          .measurementIterations(1)
          .warmupTime(TimeValue.milliseconds(100))
          .measurementTime(TimeValue.milliseconds(100))
          .param("entries", "1000");
    }
    return new Runner(options.build()).run();
  }

  static MarkdownTable scores(Collection<RunResult> results) {
    MarkdownTable table =
        new MarkdownTable("benchmark", "with", "ns an operation", "±", "bytes allocated");
    for (RunResult result : results) {
      Result<?> primary = result.getPrimaryResult();
      if (!primary.getScoreUnit().equals("ns/op")) {
        throw new IllegalArgumentException("not in ns/op: unit=" + primary.getScoreUnit());
      }
      double error = primary.getScoreError();
      table.row(
          primary.getLabel(),
          parameters(result),
          Amounts.number(primary.getScore()),
          Double.isNaN(error) ? "-" : Amounts.number(error),
          Amounts.count(allocated(result)));
    }
    return table;
  }

  private static String parameters(RunResult result) {
    List<String> parameters = new ArrayList<>();
    for (String name : result.getParams().getParamsKeys()) {
      String value = result.getParams().getParam(name);
      parameters.add(
          name.equals("contender") ? Contender.valueOf(value).label() : name + "=" + value);
    }
    return String.join(", ", parameters);
  }

  private static double allocated(RunResult result) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith(ALLOCATED)) {
        Result<?> secondary = result.getSecondaryResults().get(name);
        return secondary.getScore();
      }
    }
    return Double.NaN;
  }
}
