package io.shardgrid.node.provision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Asks a server that lists pods as the one of Kubernetes does: the first few, their names only. */
final class FirstPodCommandTest {

  private final Path directory;
  private final HttpServer server;
  private final List<String> asked = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private volatile List<String> pods = List.of("grid-0");
  private volatile int status = 200;

  FirstPodCommandTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void endsWellIfThisIsTheOnlyPod() throws IOException {
    assertThat(run()).isZero();

    assertThat(out.toString()).contains("the only pod: grid-0");
    assertThat(asked)
        .containsExactly("/api/v1/namespaces/data/pods?labelSelector=app%3Dgrid%2Ca%3Db&limit=2");
  }

  @Test
  void endsOtherwiseIfThereAreOthers() throws IOException {
    pods = List.of("grid-0", "grid-1", "grid-2");
    assertThat(run()).isEqualTo(1);
    pods = List.of("grid-1", "grid-2");
    assertThat(run()).isEqualTo(1);

    assertThat(out.toString()).contains("other pods: [grid-0, grid-1]");
  }

  @Test
  void endsOtherwiseIfNobodyCanTell() throws IOException {
    status = 403;
    assertThat(run()).isNotZero();
    assertThat(err.toString()).contains("status=403", "list on pods");

    server.stop(0);
    assertThat(run()).isNotZero();
    assertThat(err.toString()).contains("cannot be asked");
  }

  @Test
  void endsOtherwiseIfTheLabelsSelectOtherPods() throws IOException {
    pods = List.of("other-0");
    assertThat(run()).isNotZero();
    pods = List.of();
    assertThat(run()).isNotZero();

    assertThat(err.toString()).contains("do not select this pod");
  }

  private int run() throws IOException {
    Files.writeString(directory.resolve("token"), "token-1");
    Path config =
        Files.writeString(
            directory.resolve("node.conf"),
            """
            grid.node.provision.kubernetes {
              server = "http://127.0.0.1:%d", namespace = data, token-file = "%s/token"
            }
            """
                .formatted(server.getAddress().getPort(), directory));
    CommandLine command = new CommandLine(new FirstPodCommand());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(
        "--pod", "grid-0", "--selector", "app=grid,a=b", "--config", config.toString());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI().toString());
      boolean isNamesOnly =
          exchange.getRequestHeaders().getFirst("Accept").contains("PartialObjectMetadataList");
      String items =
          pods.stream()
              .limit(2)
              .map(pod -> "{\"metadata\":{\"name\":\"" + pod + "\"}}")
              .collect(Collectors.joining(","));
      byte[] body =
          (isNamesOnly && status == 200 ? "{\"items\":[" + items + "]}" : "{}").getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
