package io.shardgrid.node.store;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.child.ChildCluster;
import io.shardgrid.node.child.Interruption;
import io.shardgrid.node.child.Surroundings;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts a database and a node, and shows what goes between them. */
@Command(
    name = "demo",
    description = {
      "Starts a database (H2) and a node on this machine, each in a process of its own, reads rows",
      "through the grid, writes behind it, kills the database amid writes, starts it again, and",
      "compares all rows. Stops everything. Takes half a minute."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar store demo")
final class StoreDemoCommand implements CliCommand {

  private static final String MAP = "town";
  private static final int ROWS = 2_000;
  private static final int WRITES = 2_000;
  private static final int AT_ONCE = 40;
  private static final long SETTLE_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    int port = Database.freePort();
    ChildCluster cluster = ChildCluster.prepare("store", settings(port), Surroundings.loopback());
    Interruption interruption = Interruption.watch(cluster);
    try (Database database = Database.start(port, "row-", ROWS)) {
      screen.line("A database runs at " + Database.url(port) + ", with " + ROWS + " rows.");
      List<NodeAddresses> nodes = cluster.start(1);
      screen.line("A node runs, with the table behind its map " + MAP + ".");
      try (GridClient client = Remote.connect(nodes)) {
        show(screen, database, client, nodes.get(0));
      }
    } finally {
      cluster.kill();
      cluster.removeLogs();
      interruption.forget(false);
    }
    return ExitCode.OK.number();
  }

  private static String settings(int port) {
    return """
        grid.store.loads.queue-time = 5s
        grid.store.maps.%1$s { writes = behind, delay = 200 ms, absent-ttl = 5s }
        grid.node.stores.%1$s { url = "%2$s", table = %3$s }
        """
        .formatted(MAP, Database.url(port), Database.TABLE);
  }

  private static void show(
      Screen screen, Database database, GridClient client, NodeAddresses node) {
    AsyncMap<String, String> map = client.map(MAP, Codecs.string(), Codecs.string());
    read(screen, map, node);
    List<CompletionStage<?>> writes = new ArrayList<>();
    for (int number = 0; number < WRITES / 2; number++) {
      writes.add(map.put("new-" + number, "written " + number));
    }
    writes.forEach(Remote::await);
    database.kill();
    screen.line("The database is killed, with " + store(node).marks() + " writes on their way.");
    for (int number = WRITES / 2; number < WRITES; number++) {
      Remote.await(map.put("new-" + number, "written " + number));
    }
    screen.line(
        "Meanwhile %d more are written, each answered: %d wait for the database."
            .formatted(WRITES / 2, store(node).marks()));
    database.start();
    long endNanos = System.nanoTime() + SETTLE_NANOS_MAX;
    while (store(node).marks() > 0 && System.nanoTime() - endNanos < 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    Map<String, String> rows = database.rows("new-");
    int right = 0;
    for (int number = 0; number < WRITES; number++) {
      right += ("written " + number).equals(rows.get("new-" + number)) ? 1 : 0;
    }
    screen.line(
        "It runs again, and has %d of %d writes as they were made.".formatted(right, WRITES));
    if (right != WRITES) {
      throw new CommandException(ExitCode.FAILED, "Rows are missing: " + (WRITES - right));
    }
  }

  private static void read(Screen screen, AsyncMap<String, String> map, NodeAddresses node) {
    int reads = 0;
    for (int round = 0; round < 3; round++) {
      List<CompletionStage<?>> some = new ArrayList<>();
      for (int number = 0; number < ROWS; number++) {
        some.add(map.get("row-" + number));
        some.add(map.get("nobody-" + number % 10));
        if (some.size() == AT_ONCE) {
          some.forEach(Remote::await);
          reads += some.size();
          some.clear();
        }
      }
    }
    screen.line(
        "%d reads, a half of them of keys that are nowhere: the database was asked %d times."
            .formatted(reads, store(node).queries()));
  }

  private static StorePage store(NodeAddresses node) {
    return StorePage.all(node.http()).get(0);
  }
}
