package io.shardgrid.node.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option about the memory of processes that a benchmark starts. */
final class HeapOption {

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "Most memory of a node's objects, as Java's -Xmx. Default: ${DEFAULT-VALUE}")
  String heap = "4g";

  /** Refuses what is no size. */
  void check(CommandSpec spec) {
    if (!heap.matches("[0-9]{1,6}[kmgKMG]")) {
      throw new ParameterException(
          spec.commandLine(), "--heap: wanted is a size as 512m or 4g, found is " + heap);
    }
  }
}
