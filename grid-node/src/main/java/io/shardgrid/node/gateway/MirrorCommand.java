package io.shardgrid.node.gateway;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Proofs of the comparison of two clusters. */
@Command(
    name = "mirror",
    description = "Proves that the comparison of two clusters finds what it is to find.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar mirror trial",
    subcommands = MirrorTrialCommand.class)
public final class MirrorCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
