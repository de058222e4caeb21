package io.shardgrid.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends a pause. */
@Command(
    name = "resume",
    description = {"Ends a pause: moves begin again."},
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar migrate resume")
final class MigrateResumeCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Override
  public Integer call() {
    return Steer.show(spec, node, "/migrations/resume");
  }
}
