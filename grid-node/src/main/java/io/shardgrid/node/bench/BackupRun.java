package io.shardgrid.node.bench;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.backup.Backup;
import io.shardgrid.node.backup.BackupPlan;
import io.shardgrid.node.backup.Manifest;
import io.shardgrid.node.backup.Restore;
import io.shardgrid.node.backup.RestorePlan;
import io.shardgrid.node.backup.Verification;
import io.shardgrid.node.cli.Flight;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Waiting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures a backup of a cluster that is used, and its restore into another cluster.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class BackupRun {

  private static final String MAP = "bench";
  private static final int BATCH = 500;
  private static final int BATCHES_IN_FLIGHT = 16;
  private static final int EXPIRING_EVERY = 10;
  private static final Duration TTL = Duration.ofDays(1);
  private static final int READ_PERCENT = 50;
  private static final int WRITES_IN_FLIGHT = 32;
  private static final double NANOS = 1e9;

  private final Plan plan;
  private final Path directory;
  private final Screen screen;

  /**
   * What to do.
   *
   * @param nodes of the cluster that is backed up, with 256 shards and one backup of each
   * @param into nodes of the cluster that is restored into
   * @param intoShards shards of that one
   * @param rate operations a second meanwhile, half of them writes; 0 for none
   * @param bytesPerSecond that the backup reads at most; 0 for no limit
   * @param calm how long the load is watched before
   */
  record Plan(
      int entries,
      int valueBytes,
      int nodes,
      int into,
      int intoShards,
      int rate,
      int parallel,
      long bytesPerSecond,
      boolean isCompressing,
      String heap,
      Duration calm) {}

  /**
   * A run.
   *
   * @param directory where the files go; new or empty
   */
  BackupRun(Plan plan, Path directory, Screen screen) {
    this.plan = plan;
    this.directory = directory;
    this.screen = screen;
  }

  /** Does all of it; returns whether the digests are equal. */
  boolean measure() throws Exception {
    backUp();
    return restore();
  }

  private void backUp() throws Exception {
    try (BenchNodes nodes = new BenchNodes("grid.backups = 1\n", plan.heap(), screen);
        GridClient client = Remote.connect(nodes.start(plan.nodes()))) {
      long fromNanos = System.nanoTime();
      fill(client.map(MAP, Codecs.string(), Codecs.bytes()));
      line("filled", plan.entries(), 0, fromNanos);
      OpenLoop load = new OpenLoop(traffic(client), Pace.of(rate(), Pace.Rest.SLEEP), 4_096);
      Phase before = load.enter("before");
      if (plan.rate() > 0) {
        load.start();
        Waiting.linger(plan.calm());
      }
      Phase during = load.enter("backup");
      fromNanos = System.nanoTime();
      BackupPlan how =
          new BackupPlan(
              directory,
              plan.parallel(),
              plan.bytesPerSecond(),
              plan.isCompressing(),
              false,
              done -> {});
      Backup.Made made =
          new Backup(client.shards(), client.topology().charter(), how, Clock.systemUTC()).run();
      Manifest manifest = made.manifest();
      line("backup", manifest.entries(), manifest.bytes(), fromNanos);
      screen.line("  shards begun anew: " + made.begunAnew());
      if (plan.rate() > 0) {
        load.stop();
        Phase.table(List.of(before, during)).forEach(screen::line);
      }
      nodes.forgetLogs();
    }
  }

  private double rate() {
    return Math.max(1, plan.rate());
  }

  private Traffic traffic(GridClient client) {
    Subject subject = GridSubject.of(1, name -> client.map(name, Codecs.string(), Codecs.bytes()));
    return new Traffic(subject, new Keys(plan.entries()), plan.valueBytes(), READ_PERCENT);
  }

  /** Values of noise; each tenth entry expires in a day. */
  private void fill(AsyncMap<String, byte[]> map) {
    Keys keys = new Keys(plan.entries());
    SplittableRandom random = new SplittableRandom(5);
    Flight flight = new Flight(BATCHES_IN_FLIGHT);
    Map<String, byte[]> batch = new LinkedHashMap<>();
    for (int i = 0; i < keys.number(); i++) {
      byte[] value = new byte[plan.valueBytes()];
      random.nextBytes(value);
      if (i % EXPIRING_EVERY == 0) {
        String key = keys.at(i);
        flight.add(() -> map.put(key, value, TTL));
      } else {
        batch.put(keys.at(i), value);
      }
      if (batch.size() == BATCH) {
        Map<String, byte[]> full = batch;
        flight.add(() -> map.putAll(full));
        batch = new LinkedHashMap<>();
      }
    }
    Map<String, byte[]> rest = batch;
    flight.add(() -> map.putAll(rest));
    flight.land();
  }

  private boolean restore() throws Exception {
    long fromNanos = System.nanoTime();
    Manifest manifest = new Verification(directory, plan.parallel()).run(bytes -> {});
    line("checked", manifest.entries(), manifest.bytes(), fromNanos);
    String settings = "grid.backups = 1\ngrid.shards = " + plan.intoShards() + "\n";
    try (BenchNodes nodes = new BenchNodes(settings, plan.heap(), screen);
        GridClient client = Remote.connect(nodes.start(plan.into()))) {
      fromNanos = System.nanoTime();
      RestorePlan how =
          new RestorePlan(
              directory, RestorePlan.Mode.EMPTY, plan.parallel(), WRITES_IN_FLIGHT, done -> {});
      Restore.Restored restored =
          new Restore(client.shards(), manifest, how, Clock.systemUTC()).run();
      line("restore", restored.written(), manifest.bytes(), fromNanos);
      for (Restore.MapVerdict map : restored.maps()) {
        screen.check(
            map.isEqual(),
            "%s: digests %s, %s entries in %d nodes and %d shards: backup %s, cluster %s"
                .formatted(
                    map.map(),
                    map.isEqual() ? "equal" : "differ",
                    Screen.grouped(map.entries()),
                    plan.into(),
                    plan.intoShards(),
                    map.wanted(),
                    map.found()));
      }
      nodes.forgetLogs();
      return restored.isEqual();
    }
  }

  private void line(String what, long entries, long bytes, long fromNanos) {
    double seconds = (System.nanoTime() - fromNanos) / NANOS;
    String size =
        bytes == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %s, %s/s",
                Screen.bytes(bytes),
                Screen.bytes((long) (bytes / seconds)));
    screen.line(
        String.format(
            Locale.ROOT,
            "  %-8s %s entries in %.1f s, %s entries/s%s",
            what,
            Screen.grouped(entries),
            seconds,
            Screen.grouped((long) (entries / seconds)),
            size));
  }
}
