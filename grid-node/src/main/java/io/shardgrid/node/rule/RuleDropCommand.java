package io.shardgrid.node.rule;

import picocli.CommandLine.Command;

/** Drops a rule. */
@Command(
    name = "drop",
    description = "Drops a rule: nobody can call it any more.",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar rule drop fraud")
final class RuleDropCommand extends RuleChange {

  RuleDropCommand() {
    super("drop", "Dropped");
  }
}
