package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Remote;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A cluster of three processes is backed up while it is used, and restored into one of another size
 * and number of shards; and what the other commands say of both.
 */
@EnabledForJreRange(max = JRE.JAVA_21) // long; on later ones other tests of processes do
final class BackupIT {

  private static final int ENTRIES = 20_000;

  private final Path directory;
  private final StringWriter err = new StringWriter();

  BackupIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void comesBackInAClusterOfAnotherSize() throws Exception {
    Path backup = directory.resolve("backup");
    try (ThreeNodes source = ThreeNodes.start();
        Program target = Program.startNode("--name", "single", "--found", "--shards", "48");
        GridClient client = Remote.connect(source.addresses())) {
      NodeAddresses node = source.addresses().get(1);
      fill(client);
      tellsOfNodesMapsAndShards(node);
      readsAndRemovesEntries(node, client);
      SteadyLoad load = new SteadyLoad(client);
      load.awaitSteps(100);
      JsonNode made =
          json(ExitCode.OK, "backup", backup.toString(), "--node", node.resp(), "--json");
      load.awaitSteps(100);
      load.stop();
      assertThat(made.get("shards").asInt()).isEqualTo(256);
      assertThat(made.get("entries").asLong()).isGreaterThanOrEqualTo(ENTRIES);
      assertThat(target.awaitReady().name()).isEqualTo("single");

      String to = target.awaitReady().resp();
      refusesADamagedFile(backup, to);
      restores(backup, to, made);
    }
  }

  private static void fill(GridClient client) {
    AsyncMap<String, String> towns = client.map("towns", Codecs.string(), Codecs.string());
    AsyncMap<String, String> sessions = client.map("sessions", Codecs.string(), Codecs.string());
    List<CompletionStage<?>> puts = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      puts.add(
          i % 20 == 0
              ? sessions.put("session-" + i, "user " + i, Duration.ofHours(2))
              : towns.put("town-" + i, "x".repeat(i % 200)));
      if (puts.size() == 1_000) {
        puts.forEach(put -> put.toCompletableFuture().join());
        puts.clear();
      }
    }
    puts.forEach(put -> put.toCompletableFuture().join());
  }

  private void tellsOfNodesMapsAndShards(NodeAddresses node) throws Exception {
    JsonNode maps = json(ExitCode.OK, "maps", "--node", node.http(), "--json").get("maps");
    assertThat(maps.findValuesAsText("name")).contains("sessions", "towns");
    assertThat(maps.findValuesAsText("entries")).contains("1000", "19000");
    JsonNode shards =
        json(ExitCode.OK, "shards", "--node", node.http(), "--json", "--on", "b").get("list");
    assertThat(shards.size()).isBetween(100, 256);
    assertThat(json(ExitCode.OK, "nodes", "--node", node.http(), "--json").get("members"))
        .hasSize(3);
    assertThat(run(ExitCode.OK, "status", "--node", node.http()))
        .contains("all members answer, all shards are served");
    JsonNode top =
        json(ExitCode.OK, "top", "--node", node.http(), "--once", "--json", "--interval", "200ms");
    assertThat(top.get("nodes").findValuesAsText("node")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(run(ExitCode.USAGE, "shards", "--node", node.http(), "--on", "nobody")).isEmpty();
  }

  private void readsAndRemovesEntries(NodeAddresses node, GridClient client) throws Exception {
    String resp = node.resp();
    assertThat(run(ExitCode.OK, "keys", "towns", "--count", "--node", resp).strip())
        .isEqualTo("19000");
    assertThat(run(ExitCode.OK, "keys", "towns", "--pattern", "town-1777?", "--node", resp))
        .hasLineCount(10)
        .contains("town-17771\n");
    JsonNode some = json(ExitCode.OK, "keys", "towns", "--limit", "3", "--json", "--node", resp);
    assertThat(some.get("keys")).hasSize(3);
    assertThat(some.get("isComplete").asBoolean()).isFalse();
    assertThat(run(ExitCode.OK, "scan", "sessions", "--pattern", "session-40", "--node", resp))
        .isEqualTo("session-40\tuser 40\n");
    JsonNode entry =
        json(ExitCode.OK, "scan", "sessions", "--pattern", "session-60", "--json", "--node", resp);
    assertThat(entry.get("deadline").asText()).startsWith("20");
    AsyncMap<String, String> map = client.map("towns", Codecs.string(), Codecs.string());
    map.put("one more", "x").toCompletableFuture().join();
    assertThat(run(ExitCode.OK, "del", "towns", "one more", "nothing", "--node", resp))
        .isEqualTo("1\n");
    run(ExitCode.FAILED, "del", "towns", "one more", "--node", resp);
  }

  private void refusesADamagedFile(Path backup, String to) throws Exception {
    Path file = backup.resolve("shard-00100.sgb");
    byte[] whole = Files.readAllBytes(file);
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 1;
    Files.write(file, damaged);
    run(ExitCode.FAILED, "restore", backup.toString(), "--node", to);
    assertThat(err.toString()).contains("Nothing was restored. shard-00100.sgb is damaged");
    assertThat(run(ExitCode.OK, "keys", "towns", "--count", "--node", to).strip()).isEqualTo("0");
    Files.write(file, whole);
  }

  private void restores(Path backup, String to, JsonNode made) throws Exception {
    JsonNode restored = json(ExitCode.OK, "restore", backup.toString(), "--node", to, "--json");
    assertThat(restored.get("equal").asBoolean()).isTrue();
    assertThat(restored.get("written").asLong()).isEqualTo(made.get("entries").asLong());
    run(ExitCode.FAILED, "restore", backup.toString(), "--node", to);
    assertThat(err.toString()).contains("--overwrite", "--merge");
    assertThat(run(ExitCode.OK, "restore", backup.toString(), "--node", to, "--overwrite"))
        .contains("sessions: digests equal, 1,000 entries");
  }

  private JsonNode json(ExitCode code, String... arguments) throws Exception {
    return new ObjectMapper().readTree(run(code, arguments));
  }

  /** Standard output of a command that ends with this code. */
  private String run(ExitCode code, String... arguments) {
    StringWriter out = new StringWriter();
    err.getBuffer().setLength(0);
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int ended = commandLine.execute(arguments);
    assertThat(ended).as(() -> out + "\n" + err).isEqualTo(code.number());
    return out.toString();
  }
}
