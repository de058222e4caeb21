package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures calls of rules. */
@Command(
    name = "rules",
    description = {
      "Measures calls of a rule through the grid, by the compiler and by the interpreter, beside"
          + " reads and writes: one node in this process, or, with --remote, in one of its own.",
      "Shown are the medians: operations a second, processor time of one in all processes, what"
          + " a core does by that, and that time relative to a get's."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar bench rules grid-node/src/examples/rules/c/fraud.wasm")
final class BenchRulesCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The module fraud.wasm of the examples, in C or in Rust.")
  private Path file;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "compiler,interpreter",
      description = "compiler, interpreter or both. Default: ${DEFAULT-VALUE}")
  private List<String> engines = List.of();

  @Option(
      names = "--remote",
      description = "The node has a process of its own, and is asked by a client over the network.")
  private boolean isRemote;

  @Mixin private HeapOption memory;

  @Mixin private DataOptions data = new DataOptions(100_000, 1);

  @Mixin private TurnOptions turns = new TurnOptions(64, 5);

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
    byte[] module = module();
    for (String engine : engines) {
      new RuleRates(
              new RuleRates.Plan(
                  module,
                  engine,
                  isRemote ? memory.heap : "",
                  data.entries,
                  turns.inFlight,
                  turns.warm,
                  turns.time,
                  turns.rounds),
              screen)
          .measure();
    }
    return ExitCode.OK.number();
  }

  private byte[] module() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandException(ExitCode.USAGE, "FILE: cannot be read: " + file, e);
    }
  }
}
