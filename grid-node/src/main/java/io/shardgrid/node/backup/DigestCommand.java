package io.shardgrid.node.backup;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Digests of what clusters hold. */
@Command(
    name = "digest",
    description = "Compares what clusters hold, by digests.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar digest compare 127.0.0.1:7171 127.0.0.1:7181",
    subcommands = DigestCompareCommand.class)
public final class DigestCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
