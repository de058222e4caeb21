package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.Readiness;
import io.shardgrid.node.access.InProcessGrid;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class AdminServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final InProcessGrid grid = new InProcessGrid(16);
  private final AdminServer server = AdminServer.bind("127.0.0.1", 0, settings("60 s"));
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
  }

  private static AdminSettings settings(String idleTimeout) {
    return AdminSettings.from(
        ConfigFactory.parseString(
            """
            node.http { port = 0, backlog = 16, connections-max = 10, pipeline-max = 4
              connections-per-source-max = 10, request-timeout = 10 s
              request-bytes-max = 1 KiB, report-timeout = 50 ms, idle-timeout = %s }
            node.console { subscribers-max = 2, event-bytes-max = 1 MiB, interval = 100 ms
              drills { enabled = off, heap = 512m, lines-max = 100, time-max = 1m } }
            """
                .formatted(idleTimeout)));
  }

  private HttpResponse<String> ask(String method, String path) {
    return ask(method, path, "");
  }

  private HttpResponse<String> ask(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode json(String path, int status) throws IOException {
    HttpResponse<String> response = ask("GET", path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    return JSON.readTree(response.body());
  }

  @Test
  void isAliveBeforeItIsReady() throws IOException {
    assertThat(json("/health/live", 200).get("live").asBoolean()).isTrue();
    assertThat(json("/health/ready", 503).get("reasons").get(0).asText())
        .isEqualTo("the node has not joined its cluster yet");
    assertThat(json("/cluster", 503).get("message").asText()).contains("not joined");
    server.serve(grid);
    assertThat(json("/health/ready", 200).get("ready").asBoolean()).isTrue();
    grid.readiness(new Readiness(List.of("no placement")));
    assertThat(json("/health/ready", 503).toString())
        .isEqualTo("{\"ready\":false,\"reasons\":[\"no placement\"]}");
  }

  @Test
  void showsTheCluster() throws IOException {
    server.serve(grid);
    grid.join(InProcessGrid.member(InProcessGrid.OTHER, "0", 7272));
    JsonNode cluster = json("/cluster?pretty", 200);
    assertThat(cluster.get("cluster").asText()).isEqualTo("test");
    assertThat(cluster.get("node").asText()).isEqualTo("a");
    assertThat(cluster.get("placementEpoch").asText()).isEqualTo("1.17");
    assertThat(cluster.get("members").findValuesAsText("name")).containsExactly("0", "a");
    JsonNode self = cluster.get("members").get(1);
    assertThat(self.get("host").asText()).isEqualTo("127.0.0.1");
    assertThat(self.get("ports").toString())
        .isEqualTo("{\"resp\":7171,\"http\":8171,\"peer\":9171,\"cluster\":10171}");
    assertThat(self.get("standing").asText()).isEqualTo("up");
    assertThat(self.get("shards").asInt()).isEqualTo(16);
    assertThat(cluster.get("totals").get("shards").asInt()).isEqualTo(16);
    assertThat(cluster.get("totals").get("membersAnswering").asInt()).isEqualTo(1);
    assertThat(cluster.get("lostShards").isEmpty()).isTrue();
  }

  @Test
  void showsWhatWentToPeers() throws IOException {
    server.serve(grid);
    assertThat(json("/links", 200).toString())
        .isEqualTo(
            "{\"opened\":2,\"framesReceived\":30,\"bytesReceived\":4000,\"dropped\":1,"
                + "\"refused\":{\"tls\":0,\"handshake\":0,\"malformed\":0},"
                + "\"sent\":[{\"name\":\"replication\",\"frames\":5,\"items\":60,\"bytes\":7000}]}");
  }

  @Test
  void tellsMetersAsTextInTheFormThatIsAsked() throws Exception {
    assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(503);
    server.serve(grid);
    HttpResponse<String> plain = ask("GET", "/metrics");
    assertThat(plain.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(plain.body())
        .contains("# TYPE shardgrid_autoscaler_nodes gauge\nshardgrid_autoscaler_nodes 3.0\n");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
            .header("Accept", "application/openmetrics-text; version=1.0.0")
            .build();
    HttpResponse<String> open = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(open.headers().firstValue("content-type"))
        .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(open.body()).endsWith("# EOF\n");
    assertThat(ask("GET", "/metrics?name=x").statusCode()).isEqualTo(400);
  }

  @Test
  void saysWhyThereIsNoReport() throws IOException {
    server.serve(grid);
    grid.report(new CompletableFuture<>());
    assertThat(json("/cluster", 504).get("message").asText())
        .isEqualTo("The members did not report in time: grid.node.http.report-timeout=50 ms");
    grid.report(CompletableFuture.failedStage(new GridUnavailableException("no quorum")));
    assertThat(json("/cluster", 503).get("message").asText()).contains("no quorum");
  }

  @Test
  void answersWhatItDoesNotKnow() throws IOException {
    assertThat(json("/", 200).get("pages").has("/cluster")).isTrue();
    assertThat(json("/nothing", 404).get("message").asText())
        .contains("pages=/ /autoscale /cluster");
    HttpResponse<String> post = ask("POST", "/cluster");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("allow")).hasValue("GET, HEAD");
    assertThat(JSON.readTree(post.body()).get("error").asText()).isEqualTo("Method Not Allowed");
    assertThat(ask("HEAD", "/health/live").statusCode()).isEqualTo(200);
    assertThat(ask("POST", "/cluster", "x".repeat(2000)).statusCode()).isEqualTo(413);
  }

  @Test
  void changesSomethingOnlyIfThatIsMeant() throws Exception {
    String path = "/shards/accept-loss";
    assertThat(ask("GET", path).statusCode()).isEqualTo(405);
    assertThat(ask("GET", path).headers().firstValue("allow")).hasValue("POST");
    assertThat(ask("POST", path).statusCode()).isEqualTo(403);
    server.serve(grid);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("X-Shardgrid", "yes")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).toString())
        .isEqualTo(
            "{\"begun\":[{\"shard\":3,\"node\":\"a\",\"copy\":false,\"seat\":\"\","
                + "\"sequence\":0}],\"refused\":[5]}");
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    server.serve(grid);
    String text =
        talk(
            String.join(
                "\r\n",
                "GET /cluster HTTP/1.1",
                "Host: a",
                "",
                "GET /health/live HTTP/1.1",
                "Host: a",
                "Connection: close",
                "",
                ""));
    assertThat(text.indexOf("\"members\"")).isPositive().isLessThan(text.indexOf("\"live\""));
  }

  @Test
  void refusesGarbage() throws IOException {
    assertThat(talk("\0\1\2 nothing\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request");
  }

  @Test
  void closesAnIdleConnection() throws IOException {
    try (AdminServer other = AdminServer.bind("127.0.0.1", 0, settings("50 ms"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private String talk(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void namesThePortThatIsInUse() {
    assertThatThrownBy(() -> AdminServer.bind("127.0.0.1", server.port(), settings("1 s")))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("key=grid.node.http.port, host=127.0.0.1, port=" + server.port());
  }

  @Test
  void namesTheSettingThatIsWrong() {
    assertThatThrownBy(() -> settings("0 s"))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("key=grid.node.http.idle-timeout, wanted=at least 1 ms");
  }
}
