package io.shardgrid.node.drill;

import io.shardgrid.node.child.StdinWatch;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
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
      "  java -jar grid-node.jar drill run 1 2 5 --repeat 20",
      "  java -jar grid-node.jar drill run 1 --json",
      "  java -jar grid-node.jar drill run all"
    })
final class DrillRunCommand implements CliCommand {

  private static final int RATE_MAX = 100_000;
  private static final int REPEAT_MAX = 1_000;

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

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often to run each, with new nodes. Default: ${DEFAULT-VALUE}")
  private int repeat;

  @Option(
      names = "--json",
      description = "Print an object a line: what happens, figures, what held.")
  private boolean isJson;

  @Option(
      names = "--stop-with-stdin",
      hidden = true,
      description = "End when standard input does, as it does with the starting process.")
  private boolean stopsWithStdin;

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
    OptionBounds.require(spec, "--rate", rate, 1, RATE_MAX);
    OptionBounds.require(spec, "--repeat", repeat, 1, REPEAT_MAX);
    if (stopsWithStdin) {
      StdinWatch.begin(ExitCode.INTERRUPTED);
    }
    Screen screen = Screen.of(spec);
    Teller teller = isJson ? Teller.programs(screen) : Teller.people(screen);
    List<Tally> tallies = drills.stream().map(drill -> tally(drill, teller)).toList();
    List<Integer> failed =
        tallies.stream().filter(tally -> !tally.holds()).map(Tally::drill).toList();
    if (!isJson) {
      sumUp(screen, tallies, failed);
    }
    return (failed.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private void sumUp(Screen screen, List<Tally> tallies, List<Integer> failed) {
    if (repeat > 1) {
      screen.line();
      screen.line(Tally.heads());
      tallies.forEach(tally -> screen.line(tally.row()));
    }
    screen.line();
    screen.heading(
        failed.isEmpty() ? "Everything held." : "Not everything held, see FAIL above: " + failed);
  }

  private Tally tally(Drill drill, Teller teller) {
    Tally tally = new Tally(drill.number());
    for (int run = 0; run < repeat; run++) {
      Course course = run(drill, teller);
      teller.tell(DrillLine.end(drill.number(), course.holds()));
      tally.add(course);
    }
    return tally;
  }

  private Course run(Drill drill, Teller teller) {
    try {
      return new Run(drill, new Pace(rate, calm), teller).run();
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.INTERRUPTED) {
        throw e;
      }
      teller.tell(DrillLine.check(drill.number(), false, String.valueOf(e.getMessage())));
      return Course.BROKEN;
    }
  }
}
