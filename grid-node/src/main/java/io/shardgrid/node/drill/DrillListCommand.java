package io.shardgrid.node.drill;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the drills. */
@Command(
    name = "list",
    description = "Lists the drills by number: what happens, and what it proves if it holds.",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar drill list")
final class DrillListCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Screen screen = Screen.of(spec);
    for (Drill drill : Catalog.all()) {
      screen.line("  %2d  %s".formatted(drill.number(), drill.title()));
      screen.line("      " + drill.proves());
    }
    return ExitCode.OK.number();
  }
}
