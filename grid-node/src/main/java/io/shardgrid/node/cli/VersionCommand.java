package io.shardgrid.node.cli;

import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the versions of Shardgrid and Java. */
@Command(
    name = "version",
    description = "Prints the versions of Shardgrid and of the Java that runs it.",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar version")
public final class VersionCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(ExitCode.OK, ExitCode.USAGE);
  }

  @Override
  public Integer call() {
    for (String line : new VersionText().getVersion()) {
      spec.commandLine().getOut().println(line);
    }
    spec.commandLine().getOut().flush();
    return ExitCode.OK.number();
  }
}
