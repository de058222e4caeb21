package io.shardgrid.node.backup;

import io.shardgrid.client.GridClient;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a backup into a cluster. */
@Command(
    name = "restore",
    description = {
      "Brings the backup in DIR into a running cluster, of whatever size and number of shards. First"
          + " every file is checked: if one is damaged it is named and nothing is restored.",
      "Maps of the backup have to be empty, unless --overwrite or --merge is given. Entries keep their"
          + " deadlines; those that have expired are left out. Versions are those of the new writes.",
      "At the end the cluster's digest of each map is compared with the backup's: code 0 only if they"
          + " are equal. A restore that was broken off is run again, with --overwrite."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar restore /backups/monday",
      "  java -jar grid-node.jar restore /backups/monday --overwrite --node 127.0.0.1:7172",
      "  java -jar grid-node.jar restore /backups/monday --check"
    })
public final class RestoreCommand extends FilesCommand {

  private static final int IN_FLIGHT_MAX = 4_096;

  @Parameters(index = "0", paramLabel = "DIR", description = "The directory of a backup.")
  private Path directory;

  @Option(names = "--overwrite", description = "Clear the maps of the backup first.")
  private boolean overwrites;

  @Option(
      names = "--merge",
      description = "Keep entries of other keys; those of the same key are replaced.")
  private boolean merges;

  @Option(names = "--check", description = "Only check the files; no cluster is asked.")
  private boolean checksOnly;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "Writes of each that are under way at once, 1 to 4096. Default: ${DEFAULT-VALUE}")
  private int inFlight;

  /** What is printed with --json. */
  record Result(
      String directory,
      String fromCluster,
      long entries,
      long bytes,
      long written,
      long expired,
      boolean equal,
      double checkSeconds,
      double restoreSeconds,
      List<Restore.MapVerdict> maps) {}

  @Override
  ExitCode run(Screen screen) throws Exception {
    requireSense();
    long beganNanos = System.nanoTime();
    Manifest manifest = verified();
    double checkSeconds = secondsSince(beganNanos);
    if (!isJson()) {
      screen.check(
          true,
          "%d files, %s, %s entries: all as they were written (%.1f s)"
              .formatted(
                  manifest.files().size(),
                  Screen.bytes(manifest.bytes()),
                  Screen.grouped(manifest.entries()),
                  checkSeconds));
    }
    if (checksOnly) {
      if (isJson()) {
        print(screen, resultOf(manifest, checkSeconds, 0, null));
      }
      return ExitCode.OK;
    }
    return restore(screen, manifest, checkSeconds);
  }

  private void requireSense() {
    requireWithin("--in-flight", inFlight, IN_FLIGHT_MAX);
    if ((overwrites && merges) || (checksOnly && (overwrites || merges))) {
      throw wrong("--overwrite, --merge, --check: one of them at most is wanted");
    }
  }

  private Manifest verified() throws Exception {
    try {
      return new Verification(directory, parallel()).run(bytes -> {});
    } catch (DamagedBackupException e) {
      throw new CommandException(ExitCode.FAILED, "Nothing was restored. " + e.getMessage(), e);
    }
  }

  private ExitCode restore(Screen screen, Manifest manifest, double checkSeconds) throws Exception {
    RestorePlan.Mode mode =
        overwrites
            ? RestorePlan.Mode.OVERWRITE
            : merges ? RestorePlan.Mode.MERGE : RestorePlan.Mode.EMPTY;
    try (GridClient client = Remote.connect(node())) {
      long beganNanos = System.nanoTime();
      Shown bar = progress(screen, "entries", manifest.entries());
      RestorePlan plan = new RestorePlan(directory, mode, parallel(), inFlight, bar::update);
      Restore.Restored restored =
          bar.around(() -> new Restore(client.shards(), manifest, plan, Clock.systemUTC()).run());
      double seconds = secondsSince(beganNanos);
      if (isJson()) {
        print(screen, resultOf(manifest, checkSeconds, seconds, restored));
      } else {
        show(screen, restored, seconds);
      }
      return restored.isEqual() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private Result resultOf(
      Manifest manifest,
      double checkSeconds,
      double restoreSeconds,
      Restore.@Nullable Restored restored) {
    return new Result(
        directory.toString(),
        manifest.cluster(),
        manifest.entries(),
        manifest.bytes(),
        restored == null ? 0 : restored.written(),
        restored == null ? 0 : restored.expired(),
        restored != null && restored.isEqual(),
        checkSeconds,
        restoreSeconds,
        restored == null ? List.of() : restored.maps());
  }

  private static void show(Screen screen, Restore.Restored restored, double seconds) {
    screen.line(
        "       %s entries written in %.1f s (%s entries/s), %s left out since they have expired"
            .formatted(
                Screen.grouped(restored.written()),
                seconds,
                Screen.grouped((long) (restored.written() / seconds)),
                Screen.grouped(restored.expired())));
    for (Restore.MapVerdict map : restored.maps()) {
      screen.check(
          map.isEqual(),
          map.isEqual()
              ? "%s: digests equal, %s entries, %s"
                  .formatted(map.map(), Screen.grouped(map.entries()), map.found())
              : "%s: digests differ, %s entries: backup=%s, cluster=%s"
                  .formatted(map.map(), Screen.grouped(map.entries()), map.wanted(), map.found()));
    }
  }
}
