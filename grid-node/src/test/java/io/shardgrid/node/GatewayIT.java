package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.client.GridClient;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.SyncMap;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.node.gateway.Gateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** A gateway before two clusters of one node each, used by a client of Redis. */
@Timeout(120)
final class GatewayIT {

  private static final int ENTRIES = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final StringWriter out = new StringWriter();

  @Test
  void fillsComparesAndJudgesACanary() {
    try (StandaloneNode production = node(16);
        StandaloneNode canary = node(16);
        GridClient first = GridClient.connect(production.addresses().resp());
        GridClient second = GridClient.connect(canary.addresses().resp())) {
      SyncMap<String, String> towns = map(first, "towns");
      for (int number = 0; number < ENTRIES; number++) {
        towns.put("town-" + number, "name " + number);
      }
      GatewaySettings settings = settings(production, canary, Map.of());
      try (Guards guards = Guards.open(settings.node());
          Gateway gateway = Gateway.start(settings.plan(guards));
          Jedis redis = new Jedis("127.0.0.1", gateway.respPort())) {
        await(() -> gateway.mirror().report().traffic().isConnected());
        servesCommands(redis, first);
        isFilled(gateway, production, canary);
        isCompared(redis, gateway);
        tellsOfAMismatch(redis, gateway, second);
        refusesGridClients(gateway);
      }
    }
  }

  /** The fill may overtake a write that the mirror has copied: what differs then is copied anew. */
  @Test
  void fillsACanaryOfOtherShardsWhileProductionIsWritten() throws Exception {
    try (StandaloneNode production = node(16);
        StandaloneNode canary = node(5);
        GridClient first = GridClient.connect(production.addresses().resp());
        GridClient second = GridClient.connect(canary.addresses().resp())) {
      SyncMap<String, String> before = map(first, "default");
      for (int number = 0; number < ENTRIES; number++) {
        before.put("key-" + number, "before");
      }
      map(second, "default").put("left over", "of an earlier trial");
      GatewaySettings settings = settings(production, canary, Map.of());
      try (Guards guards = Guards.open(settings.node());
          Gateway gateway = Gateway.start(settings.plan(guards));
          Jedis redis = new Jedis("127.0.0.1", gateway.respPort())) {
        await(() -> gateway.mirror().report().traffic().isConnected());
        CompletableFuture<Integer> fill =
            CompletableFuture.supplyAsync(
                () -> run("gateway", "warm-up", "--gateway", http(gateway)));
        int writes = 0;
        do {
          redis.set("key-" + writes % ENTRIES, "value " + writes);
          writes++;
        } while (!fill.isDone() || writes < ENTRIES);

        assertThat(fill.get()).as("%s", out).isEqualTo(ExitCode.OK.number());
        await(() -> gateway.mirror().outOfStep() == 0);
        SyncMap<String, String> after = map(second, "default");
        for (int number = 0; number < ENTRIES; number++) {
          assertThat(after.get("key-" + number)).isEqualTo(before.get("key-" + number));
        }
        assertThat(after.get("left over")).isEmpty();
        assertThat(gateway.mirror().report().unsure()).isEmpty();
      }
    }
  }

  private static void servesCommands(Jedis redis, GridClient production) {
    assertThat(redis.set("a", "1")).isEqualTo("OK");
    assertThat(redis.incr("a")).isEqualTo(2);
    assertThat(redis.mset("b", "x", "c", "y")).isEqualTo("OK");
    assertThat(redis.mget("b", "c", "d")).containsExactly("x", "y", null);
    assertThat(redis.expire("b", 100)).isEqualTo(1);
    assertThat(redis.ttl("b")).isBetween(98L, 100L);
    assertThat(redis.del("c", "d")).isEqualTo(1);
    assertThat(redis.dbSize()).isEqualTo(2);
    assertThat(redis.scan("0").getResult()).isNotNull();
    assertThatThrownBy(() -> redis.incr("b")).isInstanceOf(JedisDataException.class);
    assertThat(map(production, "default").get("a")).contains("2");
  }

  private void isFilled(Gateway gateway, StandaloneNode production, StandaloneNode canary) {
    assertThat(run("gateway", "warm-up", "--gateway", http(gateway)))
        .as("%s", out)
        .isEqualTo(ExitCode.OK.number());
    // The time to live of b was set at each cluster by itself: without it, digests are the same.
    assertThat(gateway.mirror().report().unsure()).isEmpty();
    run(
        "digest",
        "compare",
        production.addresses().resp(),
        canary.addresses().resp(),
        "--tries",
        "1");
    assertThat(out.toString()).contains("ok   towns: 2,000 entries");
  }

  private void isCompared(Jedis redis, Gateway gateway) {
    for (int number = 0; number < 1_000; number++) {
      redis.set("key-" + number % 100, "value " + number);
      redis.get("key-" + number % 100);
    }
    await(() -> gateway.mirror().report().compared() >= 2_000);
    MirrorReport report = gateway.mirror().report();
    assertThat(report.kinds().values()).allMatch(kind -> kind.confirmed() == 0);
    int code = run("gateway", "verdict", "--gateway", http(gateway));
    // What a JVM compiles first decides which of two nodes in it is the slower one.
    Map<Integer, String> words = Map.of(0, "PROMOTE", 9, "HOLD", 10, "ROLL_BACK");
    assertThat(words).containsKey(code);
    assertThat(out.toString()).contains(words.get(code));
    run("gateway", "report", "--gateway", http(gateway));
    assertThat(out.toString()).contains("self-test", "latency", "compared");
  }

  private void tellsOfAMismatch(Jedis redis, Gateway gateway, GridClient canary) {
    map(canary, "default").put("key-7", "another value");
    redis.get("key-7");
    await(() -> !gateway.mirror().report().samples().isEmpty());

    assertThat(run("gateway", "verdict", "--gateway", http(gateway)))
        .isNotEqualTo(ExitCode.OK.number());
    run("gateway", "report", "--gateway", http(gateway));
    assertThat(out.toString()).contains("value, get of key-7 in default", "another value");
    await(() -> !map(canary, "default").get("key-7").orElse("").equals("another value"));
  }

  private static void refusesGridClients(Gateway gateway) {
    assertThatThrownBy(() -> GridClient.connect("127.0.0.1:" + gateway.respPort()).close())
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("gateway");
  }

  private static GatewaySettings settings(
      StandaloneNode production, StandaloneNode canary, Map<String, Object> more) {
    Map<String, Object> flags = new HashMap<>(more);
    flags.put("grid.gateway.production.seeds", List.of(production.addresses().resp()));
    flags.put("grid.gateway.canary.seeds", List.of(canary.addresses().resp()));
    flags.put("grid.gateway.port", 0);
    flags.put("grid.gateway.http", 0);
    return GatewaySettings.load(null, flags);
  }

  private static StandaloneNode node(int shards) {
    StandaloneNode node =
        StandaloneNode.start(
            NodeSettings.load(
                null,
                Map.of(
                    "grid.peer-port", 0,
                    "grid.cluster-port", 0,
                    "grid.shards", shards,
                    "grid.node.resp.port", 0,
                    "grid.node.http.port", 0,
                    "grid.node.drain", false)));
    node.ready().toCompletableFuture().join();
    return node;
  }

  private static SyncMap<String, String> map(GridClient client, String name) {
    return client.map(name, Codecs.string(), Codecs.string()).sync();
  }

  private static String http(Gateway gateway) {
    return "127.0.0.1:" + gateway.httpPort();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(out, true));
    return commandLine.execute(arguments);
  }

  private static void await(BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Waiting.linger(Duration.ofMillis(5));
    }
  }
}
