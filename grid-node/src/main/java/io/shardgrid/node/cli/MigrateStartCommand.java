package io.shardgrid.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has moves planned at once. */
@Command(
    name = "start",
    description = {
      "Plans anew at once, without waiting for a change of the members; what was cancelled begins"
          + " again. A pause goes on."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar migrate start")
final class MigrateStartCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Override
  public Integer call() {
    return Steer.show(spec, node, "/migrations/start");
  }
}
