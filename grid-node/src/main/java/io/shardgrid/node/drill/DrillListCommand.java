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
    description = "Lists the drills by number.",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar drill list")
final class DrillListCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    for (Drill drill : Catalog.all()) {
      screen.line("  %2d  %s".formatted(drill.number(), drill.title()));
    }
    return ExitCode.OK.number();
  }
}
