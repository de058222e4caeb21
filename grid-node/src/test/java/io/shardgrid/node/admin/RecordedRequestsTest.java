package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.fuzz.Relay;
import io.shardgrid.node.access.InProcessGrid;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session of an HTTP client, which fuzzing begins with. */
@Timeout(60)
final class RecordedRequestsTest {

  private static final AdminSettings SETTINGS =
      AdminSettings.from(
          ConfigFactory.parseString(
              """
              node.http { port = 0, backlog = 16, connections-max = 10, pipeline-max = 4
                connections-per-source-max = 10, request-timeout = 10 s
                request-bytes-max = 1 KiB, report-timeout = 50 ms, idle-timeout = 60 s }
              node.console { subscribers-max = 2, event-bytes-max = 1 MiB, interval = 100 ms
                drills { enabled = off, heap = 512m, lines-max = 100, time-max = 1m } }
              """));

  @Test
  void isOneOfJavasClient() throws Exception {
    try (AdminServer server = AdminServer.bind("127.0.0.1", 0, SETTINGS);
        Relay relay = Relay.to(server.port())) {
      server.serve(new InProcessGrid(4));
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      URI root = URI.create("http://127.0.0.1:" + relay.port());
      HttpRequest put =
          HttpRequest.newBuilder(root.resolve("/entries/put?map=towns&key=Oslo"))
              .header(AdminConnection.DELIBERATE, "test")
              .POST(HttpRequest.BodyPublishers.ofString("value"))
              .build();
      HttpRequest get =
          HttpRequest.newBuilder(root.resolve("/entries?map=towns&key=Oslo"))
              .header("Authorization", "Bearer none")
              .build();
      assertThat(client.send(put, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      byte[] said = relay.fromClient();
      assertThat(new String(said, StandardCharsets.ISO_8859_1))
          .contains("POST /entries/put", "GET /entries");
      for (int users = 0; users < 2; users++) {
        byte[] input = new byte[said.length + 1];
        input[0] = (byte) users;
        System.arraycopy(said, 0, input, 1, said.length);
        Relay.record("HttpTarget", "java-" + users, input);
      }
    }
  }
}
