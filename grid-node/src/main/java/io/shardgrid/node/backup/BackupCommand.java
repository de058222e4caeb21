package io.shardgrid.node.backup;

import io.shardgrid.client.GridClient;
import io.shardgrid.node.cli.BytesConverter;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
public final class BackupCommand extends FilesCommand {

  @Parameters(index = "0", paramLabel = "DIR", description = "A new or empty directory.")
  private Path directory;

  @Option(
      names = "--resume",
      description = "Go on with a backup that was broken off: files that are whole are kept.")
  private boolean isResuming;

  @Option(names = "--compress", description = "Compress the files (deflate).")
  private boolean isCompressing;

  @Option(
      names = "--bytes-per-second",
      paramLabel = "BYTES",
      converter = BytesConverter.class,
      description =
          "Read so many bytes a second at most, such as 8m: slower, and easier on nodes whose"
              + " processors are busy. Default: as fast as it goes")
  private long bytesPerSecond;

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
      List<Manifest.MapPart> maps) {}

  @Override
  ExitCode run(Screen screen) throws Exception {
    try (GridClient client = Remote.connect(node())) {
      long beganNanos = System.nanoTime();
      var shards = client.shards();
      Shown bar = progress(screen, "shards", shards.count());
      BackupPlan plan =
          new BackupPlan(
              directory, parallel(), bytesPerSecond, isCompressing, isResuming, bar::update);
      Backup.Made made =
          bar.around(
              () -> new Backup(shards, client.topology().charter(), plan, Clock.systemUTC()).run());
      show(screen, made, secondsSince(beganNanos));
    }
    return ExitCode.OK;
  }

  private void show(Screen screen, Backup.Made made, double seconds) throws Exception {
    Manifest manifest = made.manifest();
    if (isJson()) {
      print(
          screen,
          new Result(
              directory.toString(),
              manifest.cluster(),
              manifest.shards(),
              manifest.entries(),
              manifest.bytes(),
              seconds,
              made.begunAnew(),
              made.takenOver(),
              manifest.maps()));
      return;
    }
    screen.check(
        true,
        "%s entries, maps: %d, shards: %d, %s, in %.1f s (%s entries/s), each file compared with its shard"
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
