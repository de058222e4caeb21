package io.shardgrid.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives moves up. */
@Command(
    name = "cancel",
    description = {
      "Gives moves of shards up, or does not begin them, until start or a change of the members. The"
          + " data stays where it was.",
      "A move that is nearly done is finished, and missing copies are made all the same: ends with"
          + " code 1 if a shard that was named has nothing that can be cancelled."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar migrate cancel 17 18",
      "  java -jar grid-node.jar migrate cancel --all"
    })
final class MigrateCancelCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Parameters(paramLabel = "SHARD", arity = "0..*", description = "Numbers of shards.")
  private final List<Integer> shards = new ArrayList<>();

  @Option(names = "--all", description = "All moves, those that have not begun included.")
  private boolean isAll;

  @Override
  public Integer call() {
    if (isAll == !shards.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "SHARD, --all: wanted are numbers of shards, or --all");
    }
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    Steer answer = Steer.order(node.address, "/migrations/cancel?" + query());
    screen.line("Cancelled: " + text(answer.cancelled()));
    if (!answer.refused().isEmpty()) {
      screen.line("Nothing that can be cancelled: " + text(answer.refused()));
    }
    screen.line("Moves: " + answer.migrations().summary());
    return (answer.refused().isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private String query() {
    return isAll
        ? "all=true"
        : "shard=" + shards.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String text(List<Integer> numbers) {
    return numbers.isEmpty()
        ? "nothing"
        : numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
