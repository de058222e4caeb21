package io.shardgrid.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.client.GridClient;
import io.shardgrid.failure.CodecException;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** A node's process: how it starts, what it says when it cannot, and how it ends. */
final class NodeProcessIT {

  private static final Duration END_MAX = Duration.ofSeconds(60);
  private static final int REPLY_MILLIS_MAX = 20_000;

  private final Path directory;

  NodeProcessIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // tells nothing of the JDK
  void namesThePortThatIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> ports = List.of("--port", "--http", "--peer", "--cluster");
      String port = Integer.toString(taken.getLocalPort());
      for (String option : ports) {
        List<String> arguments = new ArrayList<>(List.of("start"));
        ports.forEach(other -> arguments.addAll(List.of(other, other.equals(option) ? port : "0")));
        try (Program node = Program.start(arguments.toArray(String[]::new))) {
          assertEnds(node, ExitCode.CANNOT_BIND, "port=" + port);
        }
      }
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // tells nothing of the JDK
  void namesTheAddressThatIsNotThisMachines() throws Exception {
    try (Program node = Program.startNode("--host", "192.0.2.1", "--allow-unauthenticated")) {
      assertEnds(node, ExitCode.CANNOT_BIND, "host=192.0.2.1");
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // tells nothing of the JDK
  void givesUpWhenNoSeedAnswers() throws Exception {
    Path file = file("grid.join-timeout = 3s");
    String seed;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      seed = "127.0.0.1:" + free.getLocalPort();
    }
    try (Program node = Program.startNode("--config", file.toString(), "--seeds", seed)) {
      assertEnds(node, ExitCode.NO_CLUSTER, seed);
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // tells nothing of the JDK
  void isRefusedByAClusterThatWasFoundedOtherwise() throws Exception {
    try (Program founder = Program.startNode("--name", "founder", "--shards", "64")) {
      String seed = founder.awaitReady().cluster();
      try (Program other = Program.startNode("--seeds", seed, "--shards", "32")) {
        assertEnds(other, ExitCode.USAGE, "shards");
      }
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // tells nothing of the JDK
  void namesTheKeyThatNobodyKnows() throws Exception {
    Path file = file("grid { node.resp.prot = 7171 }");
    try (Program node = Program.start("start", "--config", file.toString())) {
      assertEnds(node, ExitCode.USAGE, "key=grid.node.resp.prot");
    }
  }

  @Test
  void leavesInOrderOnSigterm() throws Exception {
    try (Program node = Program.startNode("--name", "alone")) {
      NodeAddresses addresses = node.awaitReady();
      assertThat(addresses.name()).isEqualTo("alone");
      assertThat(Program.run("put", "m", "k", "v", "--node", addresses.resp()).code()).isZero();
      node.terminate();

      Program.End end = node.awaitEnd(END_MAX);
      assertThat(end.code()).isEqualTo(ExitCode.OK.number());
      assertThat(end.err()).isEmpty();
    }
  }

  @Test
  void endsWithTheProcessThatStartedItIfAskedTo() throws Exception {
    try (Program node = Program.startNode("--stop-with-stdin")) {
      node.awaitReady();
      node.process().outputWriter().close();

      assertThat(node.awaitEnd(END_MAX).code()).isZero();
    }
  }

  @Test
  void logsJsonAndNothingElseIfAskedTo() throws Exception {
    try (Program node = Program.startNode("--log-format", "json", "--name", "n")) {
      node.awaitLine(line -> line.contains("\"message\":\"ready name="));
      node.terminate();

      assertThat(node.awaitEnd(END_MAX).out())
          .hasSizeGreaterThan(2)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .startsWith("{\"time\":\"20")
                      .contains("\"cluster\":\"shardgrid\"", "\"node\":\"n\"")
                      .endsWith("}"));
    }
  }

  @Test
  void answersCommandsThatTalkToIt() throws Exception {
    Path rows = file("{\"id\":1,\"n\":\"one\"}\n{\"id\":2,\"n\":\"two\"}\n");
    try (Program node = Program.startNode("--name", "n")) {
      NodeAddresses at = node.awaitReady();
      assertThat(Program.run("put", "m", "k", "v w", "--node", at.resp()).code()).isZero();
      assertThat(Program.run("get", "m", "k", "--node", at.resp()).out()).containsExactly("v w");

      Program.End missing = Program.run("get", "m", "other", "--node", at.resp());
      assertThat(missing.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(missing.err()).containsExactly("error: The key has no entry: map=m, key=other");

      Program.End load = Program.run("load", "rows", rows.toString(), "--node", at.resp());
      assertThat(load.out()).anyMatch(line -> line.contains("2 of 2 lines loaded and verified"));
      assertThat(load.code()).isZero();

      Program.End status = Program.run("status", "--node", at.http());
      assertThat(status.code()).isZero();
      assertThat(status.out()).anyMatch(line -> line.matches("total +256/256 +0 +3 .*"));
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // tells nothing of the JDK
  void answersMalformedInputWithAnError() throws Exception {
    try (Program node = Program.startNode()) {
      String resp = node.awaitReady().resp();
      assertThat(reply(resp, "*1\r\n$x\r\n")).startsWith("-ERR ");
      assertThat(reply(resp, "*2\r\n$3\r\nGET\r\n$99999999999\r\n")).startsWith("-ERR ");
      assertThat(reply(resp, "NOSUCHCOMMAND\r\n")).startsWith("-ERR unknown command");
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // tells nothing of the JDK
  void refusesAValueThatIsTooLarge() throws Exception {
    Path file = file("grid.node.resp.value-bytes-max = 1 KiB");
    try (Program node = Program.startNode("--config", file.toString())) {
      String resp = node.awaitReady().resp();
      String set = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1025\r\n" + "v".repeat(1025) + "\r\n";
      assertThat(reply(resp, set)).startsWith("-ERR ").contains("1024");
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // tells nothing of the JDK
  void saysWhichKeyHoldsAnotherClass() throws Exception {
    try (Program node = Program.startNode();
        GridClient client = GridClient.connect(node.awaitReady().resp())) {
      client
          .map("m", Codecs.string(), Codecs.string())
          .put("k", "Kyoto")
          .toCompletableFuture()
          .join();
      var towns = client.map("m", Codecs.string(), Codecs.json(Town.class));

      assertThatThrownBy(() -> towns.get("k").toCompletableFuture().join())
          .hasCauseInstanceOf(CodecException.class)
          .hasMessageContainingAll("Town", "map=m", "key=k");
    }
  }

  /** A value of a map. */
  record Town(String name) {}

  private static void assertEnds(Program node, ExitCode code, String named) throws Exception {
    Program.End end = node.awaitEnd(END_MAX);
    assertThat(end.err()).hasSize(1);
    assertThat(end.err().get(0)).startsWith("error: ").contains(named);
    assertThat(end.code()).isEqualTo(code.number());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "node", ".conf"), text);
  }

  private static String reply(String address, String request) throws IOException {
    int colon = address.lastIndexOf(':');
    try (Socket socket =
        new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
      socket.setSoTimeout(REPLY_MILLIS_MAX);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return String.valueOf(
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine());
    }
  }
}
