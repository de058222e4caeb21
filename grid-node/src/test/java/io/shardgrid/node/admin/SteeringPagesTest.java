package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.node.access.InProcessGrid;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SteeringPagesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final InProcessGrid grid = new InProcessGrid(16);
  private final AdminServer server =
      AdminServer.bind(
          "127.0.0.1",
          0,
          AdminSettings.from(
              ConfigFactory.parseString(
                  """
                  node.http { port = 0, backlog = 16, connections-max = 10, pipeline-max = 4
                    request-bytes-max = 1 KiB, report-timeout = 50 ms, idle-timeout = 60 s
                    connections-per-source-max = 10, request-timeout = 10 s }
                  node.console { subscribers-max = 2, event-bytes-max = 1 MiB, interval = 100 ms
                    drills { enabled = off, heap = 512m, lines-max = 100, time-max = 1m } }
                  """)));
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    grid.join(InProcessGrid.member(InProcessGrid.OTHER, "b", 7272));
    server.serve(grid);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode ask(String method, String path, int status) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("X-Shardgrid", "yes")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }

  @Test
  void showsMovesAndWhatNobodyKnowsAsNull() throws Exception {
    JsonNode page = ask("GET", "/migrations", 200);
    assertThat(page.get("paused").asBoolean()).isFalse();
    assertThat(page.get("totals").toString())
        .isEqualTo(
            "{\"waiting\":2,\"running\":1,\"cancelled\":0,\"done\":4,\"aborted\":1,"
                + "\"bytesLeft\":3145728,\"bytesPerSecond\":1048576,\"etaMillis\":null}");
    assertThat(page.get("moves").get(0).toString())
        .isEqualTo(
            "{\"shard\":3,\"kind\":\"primary\",\"source\":\"a\",\"target\":\"b\","
                + "\"state\":\"MIGRATING\",\"reason\":\"\",\"bytesDone\":1048576,"
                + "\"bytesLeft\":2097152,\"bytesPerSecond\":1048576,\"etaMillis\":2000,"
                + "\"ageMillis\":1500,\"pauseMicros\":null,\"digest\":\"not yet\"}");
    assertThat(page.get("moves").get(1).get("pauseMicros").asLong()).isEqualTo(2_500);
    assertThat(page.get("moves").get(1).get("digest").asText()).isEqualTo("matched");
    assertThat(page.get("paces").toString())
        .isEqualTo("[{\"node\":\"a\",\"bytesPerSecond\":134217728}]");
  }

  @Test
  void takesOrders() throws Exception {
    assertThat(ask("POST", "/migrations/pause", 200).at("/migrations/paused").asBoolean()).isTrue();
    ask("POST", "/migrations/resume", 200);
    ask("POST", "/migrations/start", 200);
    JsonNode some = ask("POST", "/migrations/cancel?shard=3,12&shard=4", 200);
    assertThat(some.get("cancelled").toString()).isEqualTo("[3,4]");
    assertThat(some.get("refused").toString()).isEqualTo("[12]");
    ask("POST", "/migrations/cancel?all=true", 200);
    ask("POST", "/weight?value=0", 200);
    assertThat(grid.orders())
        .containsExactly(
            "PAUSE []", "RESUME []", "START []", "CANCEL [3, 12, 4]", "CANCEL []", "weight 0");
  }

  @Test
  void changesNothingByReading() throws Exception {
    ask("GET", "/migrations/pause", 405);
    ask("GET", "/drain", 405);
    ask("POST", "/migrations", 405);
    assertThat(grid.orders()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAParameter() throws Exception {
    assertWrong("POST", "/migrations/cancel", "Either shards or all are wanted");
    assertWrong("POST", "/migrations/cancel?shard=1&all=true", "Either shards or all");
    assertWrong("POST", "/migrations/cancel?shard=x", "A number is wanted: parameter=shard");
    assertWrong("POST", "/migrations/pause?for=1", "no such parameter: parameter=for");
    assertWrong("POST", "/weight", "One number is wanted: parameter=value, found=0");
    assertWrong("POST", "/weight?value=1001", "key=grid.weight, wanted=0 to 1000, found=1001");
    assertWrong("GET", "/migrations/plan?weight=b", "NAME=NUMBER is wanted");
    assertWrong("GET", "/migrations/plan?without=z", "There is no such member: member=z");
    assertThat(grid.orders()).isEmpty();
  }

  private void assertWrong(String method, String path, String message) throws Exception {
    assertThat(ask(method, path, 400).get("message").asText()).contains(message);
  }

  @Test
  void answersWhatIfQuestions() throws Exception {
    JsonNode plan = ask("GET", "/migrations/plan?weight=a%3D7&without=b", 200);
    assertThat(plan.toString())
        .isEqualTo(
            "{\"copies\":2,\"bytes\":200,\"moves\":["
                + "{\"shard\":7,\"kind\":\"backup\",\"source\":\"a\",\"target\":\"b\","
                + "\"copied\":true,\"bytes\":100},"
                + "{\"shard\":0,\"kind\":\"backup\",\"source\":\"b\",\"target\":\"b\","
                + "\"copied\":true,\"bytes\":100}]}");
  }

  @Test
  void tellsVerdicts() throws Exception {
    assertThat(ask("POST", "/migrations/verify?shard=1", 200).get("matched").asBoolean()).isTrue();
    JsonNode found = ask("POST", "/migrations/verify?shard=1,5", 200);
    assertThat(found.get("matched").asBoolean()).isFalse();
    assertThat(found.get("shards").get(1).toString())
        .isEqualTo(
            "{\"shard\":5,\"primary\":\"a\",\"sequence\":7,\"backups\":["
                + "{\"node\":\"b\",\"verdict\":\"differed\",\"sequence\":7}]}");
  }

  @Test
  void saysWhyANodeIsNotDrained() throws Exception {
    assertThat(ask("POST", "/drain", 200).toString())
        .isEqualTo(
            "{\"done\":false,\"outcome\":\"no other member can take anything\",\"shards\":16,"
                + "\"entries\":3,\"bytes\":300}");
  }

  @Test
  void drainsWithinTheTimeThatIsGiven() throws Exception {
    ask("POST", "/drain?within=600", 200);
    assertThat(grid.orders()).last().isEqualTo("drain within PT10M");
    assertThat(ask("POST", "/drain?within=0", 400).toString()).contains("parameter=within");
    ask("POST", "/drain?within=100000", 400);
  }
}
