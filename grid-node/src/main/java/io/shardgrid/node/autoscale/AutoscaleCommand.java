package io.shardgrid.node.autoscale;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what the autoscaler of a cluster does, and what one would do. */
@Command(
    name = "autoscale",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Shows what the autoscaler of a cluster does and why, and what its arithmetic comes to;"
          + " starts and ends nothing.",
      "See simulate-autoscale, too."
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar autoscale status",
      "  java -jar grid-node.jar autoscale log --decisions 3 --inputs",
      "  java -jar grid-node.jar autoscale eval cases.json"
    },
    subcommands = {
      AutoscaleStatusCommand.class,
      AutoscaleLogCommand.class,
      AutoscaleEvalCommand.class
    })
public final class AutoscaleCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
