package io.shardgrid.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Holds moves up. */
@Command(
    name = "pause",
    description = {
      "No move begins any more that only evens out; those under way are finished (see cancel).",
      "Missing copies are made, and members that leave are emptied, all the same. Every member"
          + " remembers the pause, so that it outlives the authority over the placement."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar migrate pause")
final class MigratePauseCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Override
  public Integer call() {
    return Steer.show(spec, node, "/migrations/pause");
  }
}
