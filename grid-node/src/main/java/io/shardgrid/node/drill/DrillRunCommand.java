package io.shardgrid.node.drill;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs drills, one after the other. */
@Command(
    name = "run",
    description = {
      "Runs drills, one after the other, and says of each what held.",
      "Latency counts from when an operation was due, not from when it was sent."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar drill run 1",
      "  java -jar grid-node.jar drill run 8 9 14 --rate 2000",
      "  java -jar grid-node.jar drill run all"
    })
final class DrillRunCommand implements CliCommand {

  private static final int RATE_MAX = 100_000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NUMBER",
      arity = "1..*",
      description = "Numbers of drills, as in drill list; or all.")
  private List<String> numbers = List.of();

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Operations a second, half of them writes. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--calm",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "How long to watch before and after the fault. Default: ${DEFAULT-VALUE}")
  private Duration calm = Duration.ZERO;

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED);
  }

  @Override
  public Integer call() {
    List<Drill> drills = Selection.of(numbers);
    if (drills.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "NUMBER: wanted are numbers of drill list, or all; found is "
              + String.join(" ", numbers));
    }
    if (rate < 1 || rate > RATE_MAX) {
      throw new ParameterException(
          spec.commandLine(), "--rate: wanted is 1 to " + RATE_MAX + ", found is " + rate);
    }
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    List<Integer> failed = new ArrayList<>();
    for (Drill drill : drills) {
      if (!holds(drill, screen)) {
        failed.add(drill.number());
      }
    }
    screen.line();
    screen.heading(
        failed.isEmpty() ? "Everything held." : "Not everything held, see FAIL above: " + failed);
    return (failed.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private boolean holds(Drill drill, Screen screen) {
    try {
      return new Run(drill, new Pace(rate, calm), screen).holds();
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.INTERRUPTED) {
        throw e;
      }
      screen.check(false, String.valueOf(e.getMessage()));
      return false;
    }
  }
}
