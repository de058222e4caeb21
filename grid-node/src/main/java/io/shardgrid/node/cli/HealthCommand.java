package io.shardgrid.node.cli;

import picocli.CommandLine.Command;

/** Says how a cluster is. */
@Command(
    name = "health",
    description = {
      "Says how a cluster is, in one word, and why: HEALTHY, REBALANCING (all copies are there,"
          + " shards or members are on their way), DEGRADED (copies are missing, or somebody who is"
          + " needed does not answer), LOST (the last copy of a shard is gone).",
      "Ends with code 0 for the first two, 7 for DEGRADED, 8 for LOST."
    },
    subcommands = HealthReportCommand.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar health",
      "  java -jar grid-node.jar health report --node 127.0.0.1:8172"
    })
public final class HealthCommand extends HealthView {

  @Override
  void show(HealthPage page, Screen screen) {
    page.summary().forEach(screen::line);
  }
}
