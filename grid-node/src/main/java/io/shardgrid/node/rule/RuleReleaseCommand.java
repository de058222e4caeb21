package io.shardgrid.node.rule;

import picocli.CommandLine.Command;

/** Ends the quarantine of a rule. */
@Command(
    name = "release",
    description = "Has all nodes call a rule again that has failed too often.",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar rule release fraud")
final class RuleReleaseCommand extends RuleChange {

  RuleReleaseCommand() {
    super("release", "Released");
  }
}
