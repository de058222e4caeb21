package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.Entrance;
import io.shardgrid.node.security.MarkedTable;
import io.shardgrid.node.security.SampleUsers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tries every page as every kind of client, and holds the page about security to it. */
@Timeout(60)
final class PageTableTest {

  private static final List<String> NO_LOGIN = List.of("", "Bearer wrong");

  private final HttpClient http = HttpClient.newHttpClient();

  private String status(int port, String method, String path, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("X-Shardgrid", "test")
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      response.body().close(); // events have no end
      int status = response.statusCode();
      return status == 401 || status == 403 ? String.valueOf(status) : "answered";
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void doesWhatThePageSays() throws IOException {
    AdminSettings settings = AdminAccessTest.settings("10 s");
    Pages pages = new Pages(settings.reportTimeout(), settings.console(), Clock.systemUTC());
    List<List<String>> rows = new ArrayList<>();
    try (AccessDesk desk = SampleUsers.desk("login.pause-source-max = 1ms");
        AdminServer server =
            AdminServer.bind(
                "127.0.0.1", 0, AdminAccessTest.settings("10 s"), new Entrance(desk, null))) {
      server.serve(new InProcessGrid(16));
      for (String path : new TreeSet<>(pages.readable())) {
        rows.add(row(server.port(), "GET", path));
      }
      for (String path : new TreeSet<>(pages.actions())) {
        rows.add(row(server.port(), "POST", path));
      }
      rows.add(row(server.port(), "GET", "/no-such-page"));
    }
    MarkedTable.check(
        "pages",
        List.of("page", "no login", "wrong token", "wrong password", "reader", "writer", "admin"),
        rows);
  }

  private List<String> row(int port, String method, String path) {
    List<String> row = new ArrayList<>(List.of("`" + method + " " + path + "`"));
    NO_LOGIN.forEach(header -> row.add(status(port, method, path, header)));
    row.add(status(port, method, path, AdminAccessTest.basic("reader", "wrong")));
    for (String user : List.of("reader", "writer", "admin")) {
      String header = AdminAccessTest.basic(user, SampleUsers.PASSWORD);
      row.add(status(port, method, path, header));
    }
    boolean isOfEntries = path.startsWith("/entries") || path.equals("/rules/call");
    if (method.equals("POST") && !isOfEntries) {
      assertThat(row.subList(1, 7))
          .as(row.get(0))
          .containsExactly("401", "401", "401", "403", "403", "answered");
    }
    return row;
  }
}
