package io.shardgrid.node.bench;

import io.shardgrid.node.child.NodeLaunch;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.OptionBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how the cost of an operation changes with shards, maps and values. */
@Command(
    name = "scaling",
    description = {
      "Measures how the cost of an operation changes with the number of shards (16, 256, 1024), of"
          + " maps (1, 4, 16), and the size of a value (16 B, 100 B, 1 KiB, 64 KiB), one of them at a"
          + " time: operations for a second of processor time, beside the first case; and latency"
          + " at 10, 50 and 90 %% of what each can do.",
      "Each case is a run of bench embedded in a process of its own, by turns."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar bench scaling --rounds 3 --csv figures.csv")
final class BenchScalingCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Option(
      names = "--entries",
      paramLabel = "N",
      description =
          "Entries that are there before, fewer where they would take more than 256 MiB. Default:"
              + " ${DEFAULT-VALUE}")
  private int entries = 100_000;

  @Option(
      names = "--case",
      paramLabel = "N",
      split = ",",
      description = "Only these cases, of 1 to 8, beside the first.")
  private List<Integer> cases = List.of();

  @Mixin private HeapOption memory;

  @Mixin private LoadOptions load;

  @Mixin private CsvOption csv;

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    OptionBounds.require(spec, "--entries", entries, 1, DataOptions.ENTRIES_MAX);
    for (int one : cases) {
      OptionBounds.require(spec, "--case", one, 1, ScalingCase.ALL.size());
    }
    memory.check(spec);
    load.check(spec);
    List<String> names = LoadRun.csvNames();
    csv.open(spec, names);
    Scaling.Plan plan = new Scaling.Plan(chosen(), entries, load.rounds, arguments());
    EmbeddedRun embedded = new EmbeddedRun(NodeLaunch.ofThisProgram(memory.heap));
    new Scaling(plan, embedded, BenchCommand.screen(spec))
        .measure(row -> csv.row(names.stream().map(name -> row.getOrDefault(name, "")).toList()));
    return ExitCode.OK.number();
  }

  private List<ScalingCase> chosen() {
    return IntStream.rangeClosed(1, ScalingCase.ALL.size())
        .filter(number -> number == 1 || cases.isEmpty() || cases.contains(number))
        .mapToObj(number -> ScalingCase.ALL.get(number - 1))
        .toList();
  }

  /** What all runs are told, as they would be on the command line. */
  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--read", Integer.toString(load.readPercent)));
    arguments.addAll(List.of("--threads", Integer.toString(load.threads)));
    arguments.addAll(List.of("--in-flight", Integer.toString(load.inFlight)));
    arguments.addAll(List.of("--warm", load.warm.toMillis() + "ms"));
    arguments.addAll(List.of("--time", load.time.toMillis() + "ms"));
    return arguments;
  }
}
