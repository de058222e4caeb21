package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.provision.Actuators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are started for an order join the cluster, and are ended when they were drained. */
final class LocalProcessesIT {

  private static final Duration END_MAX = Duration.ofSeconds(60);
  private static final int LOOKS_MAX = 300;

  private final Path directory;

  LocalProcessesIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void stop() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(path -> path.endsWith("node.json")).toList()) {
        ProcessHandle.of(pid(file)).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // on later ones the one below has to do
  void startsNodesThatJoinAndEndsTheDrainedOne() throws Exception {
    // Two backups: who is started without what the cluster was founded with is refused.
    Path config =
        Files.writeString(
            directory.resolve("a.conf"),
            """
            grid { backups = 2, zone = east, node.provision {
              kind = local
              local { directory = "%s", command = [%s], starts-max = 2 }
            } }
            """
                .formatted(directory.resolve("nodes"), command()));
    NodeSettings settings = NodeSettings.load(config, Map.of());
    try (Program founder = Program.startNode("--name", "a", "--config", config.toString());
        Actuator local = Actuators.from(settings.provision(), settings.provisionContext())) {
      NodeAddresses a = founder.awaitReady();
      assertThat(carriedOut(local, growth(), members(a)))
          .isInstanceOf(Provision.Accepted.class)
          .asString()
          .contains("auto-1-1", "auto-1-2");
      // Another process of the machine does the same.
      assertThat(carriedOut(local, growth(), members(a)))
          .asString()
          .contains("nothing is to be started", "on their way=2");

      ClusterPage grown = await(a, page -> up(page).size() == 3);
      assertThat(up(grown)).containsExactlyInAnyOrder("a", "auto-1-1", "auto-1-2");
      await(a, page -> page.members().stream().allMatch(one -> one.shards() > 0));
      assertThat(carriedOut(local, growth(), members(a)))
          .asString()
          .contains("nothing is to be started", "members=3");

      assertThat(Program.run("drain", "auto-1-2", "--node", a.http()).code()).isZero();
      Path folder = directory.resolve("nodes").resolve("auto-1-2");
      ScaleOrder removal = new ScaleOrder(2, 3, 2, "auto-1-2", Instant.EPOCH);
      assertThat(carriedOut(local, removal, members(a)))
          .isInstanceOf(Provision.Accepted.class)
          .asString()
          .contains("the node has ended: node=auto-1-2");
      assertThat(folder).doesNotExist();
      await(a, page -> page.members().size() == 2);
    }
    // The node outlives its founder, and whoever had it started.
    Path left = directory.resolve("nodes").resolve("auto-1-1").resolve("node.json");
    assertThat(ProcessHandle.of(pid(left)).map(ProcessHandle::isAlive)).contains(true);
  }

  @Test
  void outlivesTheProcessThatStartedIt() throws Exception {
    try (Program founder = Program.startNode("--name", "a")) {
      NodeAddresses a = founder.awaitReady();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(Starter.class.getName(), directory.resolve("nodes").toString()));
      command.addAll(List.of(command(), a.cluster()));
      Process starter = new ProcessBuilder(command).inheritIO().start();
      assertThat(starter.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(starter.exitValue()).isZero();

      ClusterPage page = await(a, found -> up(found).size() == 2);
      assertThat(up(page)).contains("auto-1-1");
    }
  }

  /** A process that has a node started and ends. */
  static final class Starter {

    private Starter() {}

    public static void main(String[] arguments) throws IOException {
      Path config =
          Files.writeString(
              Files.createTempFile("starter", ".conf"),
              "grid.node.provision { kind = local, local { directory = \"%s\", command = [%s] } }"
                  .formatted(arguments[0], arguments[1]));
      NodeSettings settings = NodeSettings.load(config, Map.of());
      String seed = arguments[2];
      try (Actuator local = Actuators.from(settings.provision(), settings.provisionContext())) {
        Provision provision =
            carriedOut(
                local, new ScaleOrder(1, 1, 2, "", Instant.EPOCH), List.of(member("a", seed)));
        System.exit(provision instanceof Provision.Accepted ? 0 : 1);
      }
    }
  }

  private static ScaleOrder growth() {
    return new ScaleOrder(1, 1, 3, "", Instant.EPOCH);
  }

  private static Provision carriedOut(Actuator local, ScaleOrder order, List<MemberView> members) {
    return local
        .carryOut(order, members)
        .toCompletableFuture()
        .orTimeout(END_MAX.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** The packaged program, as HOCON. */
  private static String command() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return "\"%s\", \"-Xmx256m\", \"-jar\", \"%s\""
        .formatted(java, System.getProperty("grid.node.jar"));
  }

  private static List<MemberView> members(NodeAddresses node) {
    return ClusterPage.fetch(node.http()).members().stream()
        .map(one -> member(one.name(), one.host() + ":" + one.ports().cluster()))
        .toList();
  }

  private static MemberView member(String name, String cluster) {
    int colon = cluster.lastIndexOf(':');
    NodeId id =
        new NodeId(cluster.substring(0, colon), Integer.parseInt(cluster.substring(colon + 1)), 1);
    return new MemberView(id, name, "default", 1, 1, 1, 1, Standing.UP);
  }

  private static List<String> up(ClusterPage page) {
    return page.members().stream()
        .filter(one -> one.standing().equalsIgnoreCase("up"))
        .map(ClusterPage.Member::name)
        .toList();
  }

  private static ClusterPage await(NodeAddresses node, Predicate<ClusterPage> isIt)
      throws Exception {
    Optional<ClusterPage> last = Optional.empty();
    for (int look = 0; look < LOOKS_MAX; look++) {
      last = Optional.of(ClusterPage.fetch(node.http()));
      if (isIt.test(last.get())) {
        return last.get();
      }
      new CompletableFuture<Void>().completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).get();
    }
    throw new AssertionError("It did not come to that: " + last);
  }

  private static long pid(Path file) throws IOException {
    String text = Files.readString(file);
    return Long.parseLong(text.replaceAll(".*\"pid\":([0-9]+).*", "$1"));
  }
}
