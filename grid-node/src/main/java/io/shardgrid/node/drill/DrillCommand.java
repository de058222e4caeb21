package io.shardgrid.node.drill;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Drills: real nodes, real faults, and a verdict. */
@Command(
    name = "drill",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Starts nodes on this machine, each in a process of its own on free ports, reads and writes"
          + " all the time, brings a fault about, checks every answer, and stops everything.",
      "Prints latencies before, during and after the fault, and what held. Ends with code 0 only if"
          + " everything did."
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar drill list",
      "  java -jar grid-node.jar drill run 1 8",
      "  java -jar grid-node.jar drill run all --rate 2000"
    },
    subcommands = {DrillListCommand.class, DrillRunCommand.class})
public final class DrillCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
