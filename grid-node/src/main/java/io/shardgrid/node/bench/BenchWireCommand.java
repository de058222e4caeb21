package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures nodes that are asked over the network. */
@Command(
    name = "wire",
    description = {
      "Measures nodes in processes of their own that this one asks over the network, as its client.",
      "First a closed loop tells what it can do; then an open loop asks for a part of that, each"
          + " operation when it is due, and latency counts from then. Ends with code 0 only if no"
          + " operation failed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench wire",
      "  java -jar grid-node.jar bench wire --rate 20000 --time 30s --svg latency.svg"
    })
final class BenchWireCommand implements CliCommand {

  private static final int NODES_MIN = 1;

  @Spec private CommandSpec spec;

  @Mixin private NodesBench bench = new NodesBench(1);

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    return bench.measure(spec, "wire", NODES_MIN, WireSite::new).number();
  }
}
