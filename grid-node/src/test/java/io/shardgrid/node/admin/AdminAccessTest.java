package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.AuditLines;
import io.shardgrid.node.security.Entrance;
import io.shardgrid.node.security.SampleUsers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Logins, tokens and rights over HTTP, and what bounds clients there. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdminAccessTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private AccessDesk desk;
  private AdminServer server;

  @BeforeAll
  void start() {
    desk = SampleUsers.desk("open-pages = [\"/health/live\", \"/metrics\"]");
    server = AdminServer.bind("127.0.0.1", 0, settings("10 s"), new Entrance(desk, null));
    server.serve(new InProcessGrid(16));
  }

  @AfterAll
  void stop() {
    server.close();
    desk.close();
  }

  static AdminSettings settings(String requestTimeout) {
    return AdminSettings.from(
        ConfigFactory.parseString(
            """
            node.http { port = 0, backlog = 16, connections-max = 100, pipeline-max = 4
              connections-per-source-max = 90, request-bytes-max = 1 KiB, report-timeout = 50 ms
              idle-timeout = 60 s, request-timeout = %s }
            node.console { subscribers-max = 2, event-bytes-max = 1 MiB, interval = 100 ms
              drills { enabled = off, heap = 512m, lines-max = 100, time-max = 1m } }
            """
                .formatted(requestTimeout)));
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private HttpResponse<String> ask(String method, String path, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("X-Shardgrid", "test")
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private int status(String method, String path, String authorization) {
    return ask(method, path, authorization).statusCode();
  }

  @Test
  void asksWhoItIs() {
    HttpResponse<String> response = ask("GET", "/cluster", "");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(
            challenge -> assertThat(challenge).contains("Basic realm=\"shardgrid\"", "Bearer"));
    assertThat(status("GET", "/nowhere", "")).isEqualTo(401);
    assertThat(status("POST", "/drain", "")).isEqualTo(401);
    assertThat(status("GET", "/health/ready", "")).isEqualTo(401);
  }

  @Test
  void leavesPagesOpenThatAreSetToBe() {
    assertThat(status("GET", "/health/live", "")).isEqualTo(200);
    assertThat(status("GET", "/metrics", "")).isEqualTo(200);
    assertThatThrownBy(
            () ->
                AdminServer.checkOpenPages(
                    settings("10 s"), SampleUsers.plain("open-pages = [\"/drain\"]").settings()))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.node.access.open-pages", "/drain");
  }

  @Test
  void knowsUsersByTheirPasswords() {
    assertThat(status("GET", "/links", basic("reader", SampleUsers.PASSWORD))).isEqualTo(200);
    assertThat(status("GET", "/links", basic("reader", "wrong"))).isEqualTo(401);
    assertThat(status("GET", "/links", basic("nobody", SampleUsers.PASSWORD))).isEqualTo(401);
    assertThat(status("GET", "/links", basic("former", SampleUsers.PASSWORD))).isEqualTo(401);
    assertThat(status("GET", "/links", "Basic ???")).isEqualTo(401);
    assertThat(status("GET", "/links", "Basic YWJj")).isEqualTo(401);
    assertThat(status("GET", "/links", "Digest x")).isEqualTo(401);
  }

  @Test
  void knowsProgramsByTheirTokens() {
    assertThat(status("GET", "/links", "Bearer " + SampleUsers.TOKEN)).isEqualTo(200);
    assertThat(status("GET", "/links", "Bearer " + SampleUsers.TOKEN + "x")).isEqualTo(401);
    assertThat(status("GET", "/links", "Bearer old")).isEqualTo(401);
    assertThat(status("POST", "/migrations/pause", "Bearer " + SampleUsers.TOKEN)).isEqualTo(403);
    assertThat(status("POST", "/migrations/pause", "Bearer operator's")).isEqualTo(200);
  }

  @Test
  void letsOnlyAdministratorsChangeSomething() {
    HttpResponse<String> response =
        ask("POST", "/migrations/pause", basic("writer", SampleUsers.PASSWORD));
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("user=writer, needs=admin");
    assertThat(status("POST", "/migrations/pause", basic("admin", SampleUsers.PASSWORD)))
        .isEqualTo(200);
  }

  @Test
  void tellsTheAuditLog() {
    try (AuditLines audit = new AuditLines()) {
      ask("POST", "/migrations/resume", basic("admin", SampleUsers.PASSWORD));
      ask("POST", "/migrations/resume", basic("reader", SampleUsers.PASSWORD));
      ask("GET", "/links?secret=1", basic("clerk", "secret-password"));

      assertThat(audit.all())
          .anyMatch(
              line ->
                  line.contains("\"audit\":\"action\",\"who\":\"admin\",\"from\":\"127.0.0.1:")
                      && line.contains(
                          "\"what\":\"POST /migrations/resume\",\"outcome\":\"200 OK\""))
          .anyMatch(
              line ->
                  line.contains("\"audit\":\"refusal\",\"who\":\"reader\"")
                      && line.contains("\"outcome\":\"needs admin\""))
          .anyMatch(line -> line.contains("wrong name or password, user=clerk"))
          .noneMatch(line -> line.contains("secret"));
    }
  }

  @Test
  void closesARequestThatComesBitByBit() throws IOException {
    try (AdminServer hasty =
            AdminServer.bind("127.0.0.1", 0, settings("100 ms"), new Entrance(desk, null));
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), hasty.port());
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), hasty.port())) {
      long before = desk.counters().lateRequests.sum();
      OutputStream out = slow.getOutputStream();
      out.write("GET /health/live HTTP/1.1\r\nHost: a\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      while (desk.counters().lateRequests.sum() < before + 2) {
        try {
          out.write("X".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          break;
        }
        LockSupport.parkNanos(5_000_000);
      }
      assertThat(desk.counters().lateRequests.sum()).isEqualTo(before + 2);
    }
  }

  @Test
  void keepsAConnectionWhoseRequestsAreWhole() throws IOException {
    try (AdminServer hasty =
            AdminServer.bind("127.0.0.1", 0, settings("100 ms"), new Entrance(desk, null));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), hasty.port())) {
      byte[] request =
          "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      for (int round = 0; round < 3; round++) {
        socket.getOutputStream().write(request);
        assertThat(socket.getInputStream().readNBytes(15))
            .isEqualTo("HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII));
        LockSupport.parkNanos(120_000_000);
        socket.getInputStream().skipNBytes(socket.getInputStream().available());
      }
    }
  }

  @Test
  void cutsOffWhoDoesNotRead() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      byte[] request =
          "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      // Without a bound this would go on until the node's memory is full.
      boolean isCutOff = false;
      for (int round = 0; round < 1_000_000 && !isCutOff; round++) {
        try {
          socket.getOutputStream().write(request);
        } catch (IOException e) {
          isCutOff = true;
        }
      }
      assertThat(isCutOff).isTrue();
    }
  }

  @Test
  void boundsTheConnectionsOfOneAddress() throws IOException {
    long before = desk.counters().refusedHttp.sum();
    AdminSettings few =
        AdminSettings.from(
            ConfigFactory.parseString(
                """
                node.http { port = 0, backlog = 16, connections-max = 100, pipeline-max = 4
                  connections-per-source-max = 2, request-bytes-max = 1 KiB, report-timeout = 50 ms
                  idle-timeout = 60 s, request-timeout = 10 s }
                node.console { subscribers-max = 2, event-bytes-max = 1 MiB, interval = 100 ms
                  drills { enabled = off, heap = 512m, lines-max = 100, time-max = 1m } }
                """));
    List<Socket> sockets = new ArrayList<>();
    try (AdminServer narrow = AdminServer.bind("127.0.0.1", 0, few, new Entrance(desk, null))) {
      for (int number = 0; number < 3; number++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), narrow.port()));
      }
      assertThat(sockets.get(2).getInputStream().read()).isEqualTo(-1);
      assertThat(desk.counters().refusedHttp.sum()).isEqualTo(before + 1);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
