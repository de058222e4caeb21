package io.shardgrid.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.shardgrid.node.cli.LinksPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** Clients of Redis against three nodes, in both modes of the RESP server. */
@EnabledForJreRange(max = JRE.JAVA_21) // long; on later ones other tests of processes do
final class ClusterClientsIT {

  private static final int KEYS = 500;
  private static final int PIPELINED = 40_000;
  private static final int COMMAND_SECONDS_MAX = 120;

  @Test
  void servesClientsOfOneServerFromAnyNode() throws Exception {
    try (ThreeNodes nodes = ThreeNodes.start("--resp-mode", "proxy")) {
      useLettuce(nodes);
      shipsWritesOfAPipelineTogether(nodes);
      // From here on the test is skipped where the commands of Redis are not installed.
      useRedisCli(nodes);
      useRedisBenchmark(nodes);
    }
  }

  @Test
  void servesClientsOfAClusterByTheirOwnRoutes() throws Exception {
    try (ThreeNodes nodes = ThreeNodes.start("--resp-mode", "cluster")) {
      useLettuceCluster(nodes);
      useJedisCluster(nodes);
      useRedisCliCluster(nodes);
    }
  }

  private static void useLettuce(ThreeNodes nodes) {
    RedisClient client = RedisClient.create("redis://127.0.0.1:" + nodes.respPort(0));
    RedisClient other = RedisClient.create("redis://127.0.0.1:" + nodes.respPort(2));
    try (var connection = client.connect();
        var second = other.connect()) {
      Map<String, String> entries = entries("lettuce");
      assertThat(connection.sync().mset(entries)).isEqualTo("OK");
      assertThat(second.sync().mget(entries.keySet().toArray(String[]::new)))
          .allSatisfy(pair -> assertThat(entries.get(pair.getKey())).isEqualTo(pair.getValue()));
      assertThat(second.sync().dbsize()).isEqualTo(KEYS);
      assertThat(second.sync().incrby("lettuce-count", 5)).isEqualTo(5);
      assertThat(connection.sync().get("lettuce-count")).isEqualTo("5");
      assertThat(connection.sync().del("lettuce-count", "lettuce-0", "none")).isEqualTo(2);
    } finally {
      client.shutdown(0, 2, TimeUnit.SECONDS);
      other.shutdown(0, 2, TimeUnit.SECONDS);
    }
  }

  private static void useLettuceCluster(ThreeNodes nodes) {
    RedisClusterClient client = RedisClusterClient.create("redis://127.0.0.1:" + nodes.respPort(0));
    try (var connection = client.connect()) {
      assertThat(connection.getPartitions()).hasSize(3);
      Map<String, String> entries = entries("lettuce");
      entries.forEach((key, value) -> connection.sync().set(key, value));
      entries.forEach((key, value) -> assertThat(connection.sync().get(key)).isEqualTo(value));
      assertThat(connection.sync().mget(entries.keySet().toArray(String[]::new)))
          .allSatisfy(pair -> assertThat(entries.get(pair.getKey())).isEqualTo(pair.getValue()));
      assertThat(connection.sync().dbsize()).isEqualTo(KEYS);
    } finally {
      client.shutdown(0, 2, TimeUnit.SECONDS);
    }
  }

  private static void useJedisCluster(ThreeNodes nodes) {
    Set<HostAndPort> seeds = Set.of(new HostAndPort("127.0.0.1", nodes.respPort(1)));
    try (var client = redis.clients.jedis.RedisClusterClient.builder().nodes(seeds).build()) {
      Map<String, String> entries = entries("jedis");
      entries.forEach((key, value) -> assertThat(client.set(key, value)).isEqualTo("OK"));
      entries.forEach((key, value) -> assertThat(client.get(key)).isEqualTo(value));
      assertThat(client.mget("{tag}-1", "{tag}-2")).containsExactly(null, null);
      assertThat(client.incr("jedis-count")).isEqualTo(1);
      assertThat(client.expire("jedis-count", 100)).isEqualTo(1);
      assertThat(client.ttl("jedis-count")).isBetween(90L, 100L);
    }
  }

  private static void useRedisCli(ThreeNodes nodes) throws Exception {
    String port = Integer.toString(nodes.respPort(0));
    String other = Integer.toString(nodes.respPort(1));
    assertThat(cli("redis-cli", "-p", port, "PING")).isEqualTo("PONG");
    assertThat(cli("redis-cli", "-p", port, "SET", "cli", "hello", "EX", "60")).isEqualTo("OK");
    assertThat(cli("redis-cli", "-3", "-p", other, "GET", "cli")).isEqualTo("\"hello\"");
    assertThat(cli("redis-cli", "-p", port, "GRID.SET", "cities", "1", "Kyoto")).isEqualTo("OK");
    assertThat(cli("redis-cli", "-p", other, "GRID.GET", "cities", "1")).isEqualTo("\"Kyoto\"");
    assertThat(cli("redis-cli", "-p", other, "FLUSHALL")).isEqualTo("OK");
    assertThat(cli("redis-cli", "-p", port, "DBSIZE")).isEqualTo("(integer) 0");
    assertThat(cli("redis-cli", "-p", port, "INFO")).contains("redis_version");
  }

  private static void useRedisCliCluster(ThreeNodes nodes) throws Exception {
    String port = Integer.toString(nodes.respPort(0));
    for (int i = 0; i < 10; i++) {
      assertThat(cli("redis-cli", "-c", "-p", port, "SET", "cli-" + i, "v")).endsWith("OK");
      assertThat(cli("redis-cli", "-c", "-p", port, "GET", "cli-" + i)).endsWith("\"v\"");
    }
    assertThat(cli("redis-cli", "-p", port, "CLUSTER", "INFO")).contains("cluster_state:ok");
  }

  private static void useRedisBenchmark(ThreeNodes nodes) throws Exception {
    String port = Integer.toString(nodes.respPort(0));
    String result =
        cli(
            "redis-benchmark",
            "-p",
            port,
            "-t",
            "get,set",
            "-P",
            "16",
            "-n",
            "50000",
            "-r",
            "10000",
            "-d",
            "100",
            "-q");
    assertThat(result).contains("SET: ", "GET: ", "requests per second");
    assertThat(result).doesNotContain("Error");
  }

  /** Each write alone would be two messages, itself and its acknowledgement. */
  private static void shipsWritesOfAPipelineTogether(ThreeNodes nodes) {
    try (Jedis jedis = new Jedis("127.0.0.1", nodes.respPort(0));
        Pipeline pipeline = jedis.pipelined()) {
      long before = replicationMessages(nodes);
      List<Response<String>> answers = new ArrayList<>();
      for (int i = 0; i < PIPELINED; i++) {
        answers.add(pipeline.set("{pipeline}" + i, "value"));
      }
      pipeline.sync();
      assertThat(replicationMessages(nodes) - before).isBetween(2L, PIPELINED / 2L);
      assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo("OK"));
    }
  }

  private static long replicationMessages(ThreeNodes nodes) {
    return nodes.addresses().stream()
        .mapToLong(node -> LinksPage.fetch(node.http()).lane("replication").items())
        .sum();
  }

  private static Map<String, String> entries(String prefix) {
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      entries.put(prefix + "-" + i, "value-" + i);
    }
    return entries;
  }

  /** What a command of Redis writes; the test is skipped where it is not installed. */
  private static String cli(String... command) throws Exception {
    assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
    List<String> words = new ArrayList<>(Arrays.asList(command));
    if (command[0].equals("redis-cli")) {
      words.add(1, "--no-raw");
    }
    Path written = Files.createTempFile("redis", ".txt");
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(written.toFile())
              .start();
      boolean isDone = process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
      process.destroyForcibly();
      String text = Files.readString(written, UTF_8).strip();
      assertThat(isDone).as(text).isTrue();
      assertThat(process.exitValue()).as(text).isZero();
      return text;
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static boolean isInstalled(String command) throws IOException {
    try (Stream<String> directories = Arrays.stream(System.getenv("PATH").split(":"))) {
      return directories.anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
  }
}
