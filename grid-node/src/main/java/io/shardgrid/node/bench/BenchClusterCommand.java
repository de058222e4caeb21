package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures a cluster from within one of its members. */
@Command(
    name = "cluster",
    description = {
      "Measures a cluster from within one of its members: that is this process, the others are in"
          + " processes of their own. Operations on shards of others take a hop, and a write is"
          + " acknowledged when all backups have it.",
      "First a closed loop tells what it can do; then an open loop asks for a part of that, each"
          + " operation when it is due, and latency counts from then. Ends with code 0 only if no"
          + " operation failed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench cluster",
      "  java -jar grid-node.jar bench cluster --nodes 3 --load 50 --rounds 3 --csv figures.csv"
    })
final class BenchClusterCommand implements CliCommand {

  private static final int NODES_MIN = 2;

  @Spec private CommandSpec spec;

  @Mixin private NodesBench bench = new NodesBench(2);

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    return bench.measure(spec, "cluster", NODES_MIN, ClusterSite::new).number();
  }
}
