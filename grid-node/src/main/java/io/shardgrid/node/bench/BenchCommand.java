package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Benchmarks: real nodes, real sockets. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Starts nodes on this machine, each in a process of its own on free ports, loads them, prints"
          + " what it measured, and stops everything.",
      "Nodes and load share the machine: compare figures of one run with each other, not with those"
          + " of another machine."
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench scale-out",
      "  java -jar grid-node.jar bench backups --rounds 3"
    },
    subcommands = {BenchScaleOutCommand.class, BenchBackupsCommand.class})
public final class BenchCommand implements CliCommand {

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
