package io.shardgrid.node.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardgrid.client.GridClient;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeOption;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.ProgressBar;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a cluster holds into files. */
@Command(
    name = "backup",
    description = {
      "Writes all maps of a running cluster into files in DIR, on the machine where this command runs,"
          + " while the cluster is used. Each shard is as it was after one write of its own; nothing is"
          + " promised across shards.",
      "Every file is read back and compared with the digest of its shard. manifest.json comes last:"
          + " without it there is no backup."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar backup /backups/monday",
      "  java -jar grid-node.jar backup /backups/monday --resume --node 127.0.0.1:7172"
    })
public final class BackupCommand implements CliCommand {

  private static final double NANOS = 1e9;

  @Spec private CommandSpec spec;
  @Mixin private NodeOption node;

  @Parameters(index = "0", paramLabel = "DIR", description = "A new or empty directory.")
  private Path directory;

  @Option(
      names = "--resume",
      description = "Go on with a backup that was broken off: files that are whole are kept.")
  private boolean isResuming;

  @Option(names = "--compress", description = "Compress the files (deflate).")
  private boolean isCompressing;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "4",
      description = "Shards that are read at once, 1 to 64. Default: ${DEFAULT-VALUE}")
  private int parallel;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean isJson;

  /** What is printed with --json. */
  record Result(
      String directory,
      String cluster,
      int shards,
      long entries,
      long bytes,
      double seconds,
      int shardsBegunAnew,
      int filesTakenOver,
      java.util.List<Manifest.MapPart> maps) {}

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED);
  }

  @Override
  public Integer call() throws Exception {
    try {
      return run();
    } catch (DamagedBackupException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "DIR: cannot be read or written: " + e, e);
    }
  }

  private int run() throws Exception {
    OptionBounds.require(spec, "--parallel", parallel, 1, BackupPlan.PARALLEL_MAX);
    Screen screen = Screen.of(spec);
    try (GridClient client = Remote.connect(node.address())) {
      long beganNanos = System.nanoTime();
      var shards = client.shards();
      Shown bar =
          new Shown(
              isJson ? null : new ProgressBar(screen, "shards", shards.count(), System::nanoTime));
      BackupPlan plan = new BackupPlan(directory, parallel, isCompressing, isResuming, bar::update);
      Backup.Made made =
          bar.around(
              () -> new Backup(shards, client.topology().charter(), plan, Clock.systemUTC()).run());
      show(screen, made, (System.nanoTime() - beganNanos) / NANOS);
    }
    return ExitCode.OK.number();
  }

  private void show(Screen screen, Backup.Made made, double seconds) throws Exception {
    Manifest manifest = made.manifest();
    if (isJson) {
      Result result =
          new Result(
              directory.toString(),
              manifest.cluster(),
              manifest.shards(),
              manifest.entries(),
              manifest.bytes(),
              seconds,
              made.begunAnew(),
              made.takenOver(),
              manifest.maps());
      screen.line(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
      return;
    }
    screen.check(
        true,
        "%s entries of %d maps and %d shards, %s, in %.1f s (%s entries/s), each file compared with its shard"
            .formatted(
                Screen.grouped(manifest.entries()),
                manifest.maps().size(),
                manifest.shards(),
                Screen.bytes(manifest.bytes()),
                seconds,
                Screen.grouped((long) (manifest.entries() / seconds))));
    for (Manifest.MapPart map : manifest.maps()) {
      screen.line(
          "       %s: %s entries, digest %s"
              .formatted(map.name(), Screen.grouped(map.entries()), map.content()));
    }
    if (made.begunAnew() > 0 || made.takenOver() > 0) {
      screen.line(
          "       %d files were there already; shards were begun anew %d times"
              .formatted(made.takenOver(), made.begunAnew()));
    }
  }
}
