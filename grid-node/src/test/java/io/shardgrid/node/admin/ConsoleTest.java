package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.node.access.InProcessGrid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ConsoleTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PART = Pattern.compile("(?:src|href)=\"(/console/[^\"]+)\"");

  private final InProcessGrid grid = new InProcessGrid(16);
  private final AdminServer server = AdminServer.bind("127.0.0.1", 0, settings("1 MiB"));
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
  }

  private static AdminSettings settings(String eventBytesMax) {
    return AdminSettings.from(
        ConfigFactory.parseString(
            """
            node.http { port = 0, backlog = 16, connections-max = 10, pipeline-max = 4
              request-bytes-max = 1 KiB, report-timeout = 1 s, idle-timeout = 60 s
              connections-per-source-max = 10, request-timeout = 10 s }
            node.console { subscribers-max = 1, event-bytes-max = %s, interval = 100 ms
              drills { enabled = off, heap = 512m, lines-max = 100, time-max = 1m } }
            """
                .formatted(eventBytesMax)));
  }

  private HttpResponse<String> ask(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode entry(String query) throws IOException, InterruptedException {
    return JSON.readTree(ask("GET", "/entries" + query, "").body());
  }

  @Test
  void servesAPageThatLoadsFromThisNodeOnlyAndNeverAgain() throws Exception {
    HttpResponse<String> page = ask("GET", "/", "", "Accept", "text/html,*/*");
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-cache");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self';")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("http:", "https:", "style=", "onclick=");
    Matcher parts = PART.matcher(page.body());
    int found = 0;
    while (parts.find()) {
      found++;
      HttpResponse<String> part = ask("GET", parts.group(1), "");
      assertThat(part.statusCode()).isEqualTo(200);
      assertThat(part.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
    }
    assertThat(found).isEqualTo(4);
    assertThat(ask("GET", "/", "").body()).contains("\"pages\"");
  }

  @Test
  void tellsWhoListensAgainAndAgainAndNoMoreThanMay() throws Exception {
    server.serve(grid);
    try (Socket socket = listening(server.port())) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(next(lines, "id: ")).isEqualTo("1");
      JsonNode look = JSON.readTree(next(lines, "data: "));
      assertThat(look.get("health").get("health").asText()).isEqualTo("HEALTHY");
      assertThat(look.get("members").get(0).get("does").get("operationsPerSecond").asDouble())
          .isEqualTo(1234.5);
      assertThat(look.get("placement")).hasSize(16);
      assertThat(look.get("shards").get(3).toString()).isEqualTo("[10,640,99]");
      assertThat(look.get("hotKeys").get(0).get("key").asText()).isEqualTo("kyoto");
      assertThat(look.get("maps").get(0).toString())
          .isEqualTo("{\"name\":\"cities\",\"entries\":1000,\"bytes\":64000,\"hitRate\":0.75}");
      assertThat(look.get("readsSeconds").asInt()).isEqualTo(58);
      assertThat(look.get("stores").get(0).get("breaker").asText()).isEqualTo("half open");
      assertThat(look.get("rules").get(0).get("problem").asText()).startsWith("10 of the last");
      assertThat(next(lines, "id: ")).isEqualTo("2");
      assertThat(ask("GET", "/events", "").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void saysWhatIsTooLargeInsteadOfTellingIt() throws Exception {
    try (AdminServer small = AdminServer.bind("127.0.0.1", 0, settings("1 KiB"))) {
      small.serve(grid);
      try (Socket socket = listening(small.port())) {
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(next(lines, "event: ")).isEqualTo("toolarge");
        assertThat(JSON.readTree(next(lines, "data: ")).get("max").asInt()).isEqualTo(1024);
      }
    }
  }

  private static Socket listening(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket
        .getOutputStream()
        .write("GET /events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String next(BufferedReader lines, String begin) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(begin)) {
        return line.substring(begin.length());
      }
    }
    throw new AssertionError("no more lines, wanted: " + begin);
  }

  @Test
  void looksAtEntriesAndChangesThemIfThatIsMeant() throws Exception {
    server.serve(grid);
    String one = "?map=m&key=a%2C%20b";
    assertThat(ask("POST", "/entries/put" + one, "v").statusCode()).isEqualTo(403);
    assertThat(ask("GET", "/entries" + one, "").statusCode()).isEqualTo(404);
    String[] meant = {"X-Shardgrid", "yes"};
    assertThat(ask("POST", "/entries/put" + one + "&ttl=60", "gr\u00fcn", meant).body())
        .contains("\"applied\" : true");
    JsonNode entry = entry(one);
    assertThat(entry.get("value").toString())
        .isEqualTo("{\"shown\":\"gr\u00fcn\",\"hex\":false,\"bytes\":5,\"cut\":false}");
    assertThat(entry.get("key").get("shown").asText()).isEqualTo("a, b");
    assertThat(entry.get("node").asText()).isEqualTo("a");
    assertThat(entry.get("ttlMillis").asLong()).isBetween(1L, 60_000L);
    assertThat(entry("?map=m&hex=true&key=612c2062").get("found").asBoolean()).isTrue();
    assertThat(ask("POST", "/entries/remove" + one, "", meant).body())
        .contains("\"applied\" : true");
    assertThat(entry(one).get("found").asBoolean()).isFalse();
    assertThat(ask("GET", "/entries?map=m", "").statusCode()).isEqualTo(400);
    assertThat(ask("GET", "/entries?map=m&key=xyz&hex=true", "").body())
        .contains("These are no hexadecimal digits: key=xyz");
  }

  @Test
  void scansAllEntriesOfAMapAFewAtATime() throws Exception {
    server.serve(grid);
    for (int i = 0; i < 100; i++) {
      ask("POST", "/entries/put?map=m&key=k" + i, "v" + i, "X-Shardgrid", "yes");
    }
    int found = 0;
    String cursor = "";
    do {
      JsonNode page = entry("/scan?map=m&limit=10" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      found += page.get("entries").size();
      assertThat(page.get("entries").size()).isLessThan(40);
      cursor = page.get("cursor").asText();
    } while (!cursor.equals("null"));
    assertThat(found).isEqualTo(100);
    JsonNode few = entry("/scan?map=m&prefix=k9");
    assertThat(few.get("entries")).hasSize(11);
    assertThat(ask("GET", "/entries/scan?map=m&cursor=99.0", "").statusCode()).isEqualTo(400);
    assertThat(ask("GET", "/entries/scan?map=m&cursor=x", "").statusCode()).isEqualTo(400);
  }
}
