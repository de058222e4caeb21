package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.child.Redundancy;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.MigrationsPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** An operator watches and steers moves by command, while the grid is used. */
@EnabledForJreRange(max = JRE.JAVA_21) // long; on later ones other tests of processes do
final class MigrateIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int ENTRIES = 20_000;

  @Test
  void isWatchedAndSteeredByCommand() throws Exception {
    try (ThreeNodes nodes = ThreeNodes.start();
        GridClient client = GridClient.connect(nodes.addresses().get(0).resp())) {
      String http = nodes.addresses().get(0).http();
      fill(client.map("towns", Codecs.string(), Codecs.string()));
      SteadyLoad load = new SteadyLoad(client);
      load.awaitSteps(200);

      assertThat(command(http, "migrate", "pause")).anyMatch(line -> line.contains("PAUSED"));
      String seed = nodes.addresses().get(0).cluster();
      try (Program fourth = Program.startNode("--name", "d", "--seeds", seed)) {
        String fourthHttp = fourth.awaitReady().http();
        holdsBackUntilResumed(http, fourthHttp, load);
        emptiesANodeOfWeightZero(http, load);
        assertThat(command(http, "migrate", "verify"))
            .anyMatch(line -> line.contains("256 of 256 backups of 256 shards match"));
        drainsByCommand(http, nodes.programs().get(1));
        load.awaitSteps(200);
        load.stop();
      }
    }
  }

  private static void fill(AsyncMap<String, String> map) {
    List<CompletionStage<?>> puts = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      puts.add(map.put("town-" + i, "x".repeat(200)));
      if (puts.size() == 500) {
        puts.forEach(put -> put.toCompletableFuture().join());
        puts.clear();
      }
    }
  }

  private static void holdsBackUntilResumed(String http, String fourthHttp, SteadyLoad load)
      throws Exception {
    await(() -> MigrationsPage.fetch(http).totals().waiting() > 0, http);
    load.awaitSteps(500);
    MigrationsPage held = MigrationsPage.fetch(fourthHttp);
    assertThat(held.paused()).isTrue();
    assertThat(held.totals().running()).isZero();
    assertThat(member(http, "d").shards()).isZero();
    assertThat(command(http, "migrate", "plan")).anyMatch(line -> line.contains(" d "));

    command(fourthHttp, "migrate", "resume");
    await(() -> Redundancy.isBalanced(ClusterPage.fetch(http), 4, 1), http);
    List<MigrationsPage.Move> ended = MigrationsPage.fetch(http).moves();
    List<MigrationsPage.Move> copied =
        ended.stream().filter(one -> one.target().equals("d") && one.bytesDone() > 0).toList();
    assertThat(copied).isNotEmpty().allMatch(one -> one.digest().equals("matched"));
    assertThat(ended)
        .filteredOn(one -> one.kind().equals("primary") && one.state().equals("DONE"))
        .isNotEmpty()
        .anyMatch(one -> one.pauseMicros() != null && one.pauseMicros() < 5_000_000);
    command(http, "migrate", "status").forEach(System.out::println);
  }

  private static void emptiesANodeOfWeightZero(String http, SteadyLoad load) throws Exception {
    assertThat(command(http, "migrate", "plan", "--without", "c"))
        .anyMatch(line -> line.contains(" c "));
    assertThat(command(http, "weight", "0", "c")).containsExactly("c has weight 0 now.");
    await(() -> member(http, "c").shards() + member(http, "c").backups() == 0, http);
    load.awaitSteps(200);
    assertThat(member(http, "c"))
        .returns("up", ClusterPage.Member::standing)
        .returns(0, ClusterPage.Member::weight);
    await(() -> MigrationsPage.fetch(http).isAtRest(), http);
  }

  private static void drainsByCommand(String http, Program leaving) throws Exception {
    List<String> said = command(http, "drain", "b");
    assertThat(said).contains("All is handed over, the node leaves.");
    assertThat(leaving.awaitEnd(PATIENCE).code()).isEqualTo(ExitCode.OK.number());
  }

  private static ClusterPage.Member member(String http, String name) {
    return ClusterPage.fetch(http).members().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What a command says that ends well. */
  private static List<String> command(String http, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--node", http));
    try (Program program = Program.start(all.toArray(String[]::new))) {
      Program.End end = program.awaitEnd(PATIENCE);
      assertThat(end.code()).as("%s: %s %s", all, end.out(), end.err()).isZero();
      return end.out();
    }
  }

  private static void await(BooleanSupplier condition, String http) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("in time: %s %s", ClusterPage.fetch(http).table(), MigrationsPage.fetch(http))
          .isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
