package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.node.access.InProcessGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class HealthPagesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path TABLE = Path.of("docs", "http.md");

  private final InProcessGrid grid = new InProcessGrid(16);
  private final Pages pages =
      new Pages(
          Duration.ofSeconds(5), AdminAccessTest.settings("10 s").console(), Clock.systemUTC());

  private Reply reply(String path) {
    return pages.content(path, new Parameters(Map.of())).toCompletableFuture().join();
  }

  private JsonNode json(String path) {
    return JSON.valueToTree(reply(path).body());
  }

  @Test
  void saysHowTheClusterIsAndWhy() {
    assertThat(reply("/health").status().code()).isEqualTo(503);
    pages.serve(grid);
    assertThat(reply("/health").status().code()).isEqualTo(200);
    assertThat(json("/health").toString()).isEqualTo("{\"health\":\"HEALTHY\",\"reasons\":[]}");
    grid.join(InProcessGrid.member(InProcessGrid.OTHER, "b", 7272));
    assertThat(reply("/health").status().code()).isEqualTo(200);
    assertThat(json("/health").toString())
        .isEqualTo(
            "{\"health\":\"DEGRADED\",\"reasons\":[{\"cause\":\"member silent\","
                + "\"word\":\"DEGRADED\",\"text\":\"A member has not answered: node=b\"}]}");
    grid.place(7, null);
    assertThat(reply("/health").status().code()).isEqualTo(503);
    assertThat(json("/health").get("health").asText()).isEqualTo("LOST");
    grid.look(CompletableFuture.failedStage(new GridUnavailableException("ask again")));
    assertThat(reply("/health").status().code()).isEqualTo(503);
    assertThat(json("/health").get("message").asText()).isEqualTo("ask again");
  }

  @Test
  void reportsFromFourSidesWhatIsKnownOnly() {
    pages.serve(grid);
    JsonNode report = json("/health/report");
    assertThat(report.get("health").asText()).isEqualTo("HEALTHY");
    assertThat(report.get("quadrants").findValuesAsText("name"))
        .contains("stability", "efficiency", "security", "adaptability");
    assertThat(value(report, "recovery")).isEqualTo("4.5 s at the last, 4.5 s at most");
    assertThat(value(report, "bytes for an entry")).isEqualTo("64 B, 131 B with all overhead");
    assertThat(value(report, "processor time for an operation")).isEqualTo("60.0 us");
    assertThat(value(report, "time to add a node")).isEqualTo("unknown");
    assertThat(value(report, "protection")).isEqualTo("unknown");
    assertThat(value(report, "room with one node lost")).isEqualTo("none");
  }

  private static String value(JsonNode report, String name) {
    for (JsonNode quadrant : report.get("quadrants")) {
      for (JsonNode finding : quadrant.get("findings")) {
        if (finding.get("name").asText().equals(name)) {
          return finding.get("value").asText();
        }
      }
    }
    throw new AssertionError("nothing is said of: " + name);
  }

  @Test
  void stillReportsWithoutAnAutoscaler() {
    pages.serve(grid);
    grid.autoscale(CompletableFuture.failedStage(new GridUnavailableException("silent")));
    assertThat(value(json("/health/report"), "nodes to come")).isEqualTo("unknown");
  }

  @Test
  void hasATableOfAllPages() throws IOException {
    JsonNode index = json("/").get("pages");
    TreeSet<String> told = new TreeSet<>();
    index.fieldNames().forEachRemaining(told::add);
    TreeSet<String> written =
        Pattern.compile("^\\| `(?:GET|POST) (/[^`?]*)", Pattern.MULTILINE)
            .matcher(Files.readString(TABLE))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(written).isEqualTo(told);
    List<String> actions =
        Pattern.compile("^\\| `POST (/[^`?]*)", Pattern.MULTILINE)
            .matcher(Files.readString(TABLE))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(actions).allMatch(pages::isAction);
    assertThat(told.stream().filter(pages::isAction)).hasSameSizeAs(actions);
  }
}
