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

/** The pages about rules, above rules that have no engine. */
@Timeout(30)
final class RulePagesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private final InProcessGrid grid = new InProcessGrid(16);
  private final AdminServer server =
      AdminServer.bind(
          "127.0.0.1",
          0,
          AdminSettings.from(
              ConfigFactory.parseString("node.http.port = 0")
                  .withFallback(ConfigFactory.defaultReference().getConfig("grid"))
                  .resolve()));
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    server.serve(grid);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode get(String path) throws Exception {
    return ask("GET", path, new byte[0], 200);
  }

  private JsonNode post(String path, int status) throws Exception {
    return ask("POST", path, new byte[0], status);
  }

  private JsonNode ask(String method, String path, byte[] body, int status) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("X-Shardgrid", "yes")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }

  @Test
  void loadsListsCallsAndDrops() throws Exception {
    assertThat(get("/rules")).isEmpty();
    JsonNode loaded = ask("POST", "/rules/load?name=swap", MODULE, 200);
    assertThat(loaded.get("bytes").asInt()).isEqualTo(8);
    assertThat(loaded.get("problem").asText()).contains("no engine");
    assertThat(get("/rules").get(0)).isEqualTo(loaded);

    String call = "/rules/call?map=m&key=k&rule=swap";
    assertThat(post(call + "&argument=one", 200).get("text").isNull()).isTrue();
    assertThat(post(call + "&argument=two,three", 200).get("text").asText()).isEqualTo("one");
    assertThat(post(call, 200).get("text").asText()).isEqualTo("two,three");

    assertThat(post("/rules/release?name=swap", 200).get("done").asBoolean()).isTrue();
    assertThat(post("/rules/drop?name=swap", 200).get("done").asBoolean()).isTrue();
    assertThat(post("/rules/drop?name=swap", 200).get("done").asBoolean()).isFalse();
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThat(ask("POST", "/rules/load?name=bad", new byte[] {1, 2}, 400).get("message").asText())
        .contains("no WebAssembly");
    assertThat(post("/rules/load?name=no+name", 400).get("message").asText())
        .contains("1 to 64 letters");
    assertThat(post("/rules/load", 400).get("message").asText()).contains("parameter=name");
    assertThat(post("/rules/call?map=m&key=k&rule=none", 400).get("message").asText())
        .contains("no such rule");
    assertThat(post("/rules/call?map=m&rule=none", 400).get("message").asText())
        .contains("parameter=key");
  }
}
