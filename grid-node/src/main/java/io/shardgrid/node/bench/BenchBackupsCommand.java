package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.util.Locale;
import java.util.Set;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures what backups cost. */
@Command(
    name = "backups",
    description = {
      "Measures what a backup costs: the writes of two nodes with one backup and without, loaded"
          + " from a third process, and what they send to each other for a write."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar bench backups --value 100 --rounds 3")
final class BenchBackupsCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data;

  @Mixin private HeapOption memory;

  @Mixin private TurnOptions turns = new TurnOptions(256, 1);

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    data.check(spec);
    memory.check(spec);
    turns.check(spec);
    Screen screen = BenchCommand.screen(spec);
    BackupCost cost =
        new BackupCost(
            new BackupCost.Plan(
                data.entries, data.valueBytes, turns.inFlight, turns.warm, turns.time),
            memory.heap,
            screen);
    screen.line(BackupCost.heads());
    double[] ratios =
        DoubleStream.generate(() -> cost.measure(1)).limit(turns.rounds).sorted().toArray();
    screen.line(
        String.format(Locale.ROOT, "  median     %12.2f of the writes", ratios[turns.rounds / 2]));
    return ExitCode.OK.number();
  }
}
