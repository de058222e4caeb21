package io.shardgrid.node.bench;

import io.shardgrid.node.cli.BytesConverter;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.Directory;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a backup into files, and its restore. */
@Command(
    name = "restore",
    description = {
      "Fills a cluster, backs it up into files while a load uses it, and restores them into another"
          + " cluster of another size and number of shards. Ends with code 0 only if the digests are"
          + " equal."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench restore",
      "  java -jar grid-node.jar bench restore --entries 20000 --rate 0"
    })
final class BenchRestoreCommand implements CliCommand {

  private static final int NODES_MAX = 16;
  private static final int SHARDS_MAX = 4_096;
  private static final int RATE_MAX = 1_000_000;

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data = new DataOptions(1_000_000, 100);

  @Mixin private HeapOption memory;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes that are backed up. Default: ${DEFAULT-VALUE}")
  private int nodes = 2;

  @Option(
      names = "--into",
      paramLabel = "N",
      description = "Nodes that are restored into. Default: ${DEFAULT-VALUE}")
  private int into = 3;

  @Option(
      names = "--into-shards",
      paramLabel = "N",
      description = "Shards of these; the others have 256. Default: ${DEFAULT-VALUE}")
  private int intoShards = 100;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Operations a second during the backup, half of them writes; 0: none. Default:"
              + " ${DEFAULT-VALUE}")
  private int rate = 2_000;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Shards that are read at once, 1 to 64. Default: ${DEFAULT-VALUE}")
  private int parallel = 1;

  @Option(
      names = "--bytes-per-second",
      paramLabel = "BYTES",
      converter = BytesConverter.class,
      description = "Bytes that the backup reads a second at most, such as 8m. Default: no limit")
  private long bytesPerSecond;

  @Option(names = "--compress", description = "Compress the files.")
  private boolean isCompressing;

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() throws Exception {
    data.check(spec);
    memory.check(spec);
    OptionBounds.require(spec, "--nodes", nodes, 1, NODES_MAX);
    OptionBounds.require(spec, "--into", into, 1, NODES_MAX);
    OptionBounds.require(spec, "--into-shards", intoShards, 1, SHARDS_MAX);
    OptionBounds.require(spec, "--rate", rate, 0, RATE_MAX);
    OptionBounds.require(spec, "--parallel", parallel, 1, 64);
    Screen screen = BenchCommand.screen(spec);
    Path directory = Files.createTempDirectory("shardgrid-bench-backup-");
    try {
      BackupRun.Plan plan =
          new BackupRun.Plan(
              data.entries,
              data.valueBytes,
              nodes,
              into,
              intoShards,
              rate,
              parallel,
              bytesPerSecond,
              isCompressing,
              memory.heap,
              Duration.ofSeconds(5));
      boolean isEqual = new BackupRun(plan, directory, screen).measure();
      return (isEqual ? ExitCode.OK : ExitCode.FAILED).number();
    } finally {
      Directory.remove(directory);
    }
  }
}
