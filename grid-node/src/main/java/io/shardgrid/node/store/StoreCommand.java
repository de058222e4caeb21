package io.shardgrid.node.store;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Commands about the stores behind maps. */
@Command(
    name = "store",
    description = "Shows the stores behind maps, and has their filters be made anew.",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  java -jar grid-node.jar store demo", "  java -jar grid-node.jar store status"},
    subcommands = {StoreStatusCommand.class, StoreFilterCommand.class, StoreDemoCommand.class})
public final class StoreCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
