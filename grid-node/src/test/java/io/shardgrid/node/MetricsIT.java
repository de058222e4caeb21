package io.shardgrid.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.telemetry.Exposition;
import io.shardgrid.node.telemetry.MetricsText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The meters of a running node, and their documentation. */
final class MetricsIT {

  private static final Path TABLE = Path.of("docs", "metrics.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9_]+)`( \\*)? \\| ([a-z]+) \\| ([^|]*) \\| ([^|]*) \\| .+ \\|");
  private static final Pattern LABEL_NAME = Pattern.compile("[{,]([a-z_]+)=");
  private static final int KEYS = 500;

  private static @Nullable StandaloneNode node;
  private static MetricsText scraped = MetricsText.parse(new Exposition("", ""));
  private static String text = "";

  /** One row of the table. */
  private record Documented(boolean isAlwaysThere, String type, Set<String> labels) {}

  @BeforeAll
  static void useANode() throws Exception {
    StandaloneNode started =
        StandaloneNode.start(
            NodeSettings.load(
                null,
                Map.of(
                    "grid.peer-port", 0,
                    "grid.cluster-port", 0,
                    "grid.node.resp.port", 0,
                    "grid.node.http.port", 0,
                    "grid.node.drain", false)));
    node = started;
    try (GridClient client = GridClient.connect(started.addresses().resp())) {
      AsyncMap<String, String> map = client.map("m", Codecs.string(), Codecs.string());
      for (int i = 0; i < KEYS; i++) {
        map.put("key-" + i, "value").toCompletableFuture().join();
      }
      for (int i = 0; i < KEYS; i++) {
        map.get("key-" + 2 * i).toCompletableFuture().join();
      }
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://" + started.addresses().http() + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      text = answer.body();
      scraped =
          MetricsText.parse(
              new Exposition(answer.headers().firstValue("content-type").orElse(""), text));
    }
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  private static Map<String, Documented> documented() throws IOException {
    Map<String, Documented> all = new TreeMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> labels = new TreeSet<>();
        Pattern.compile("`([a-z_]+)`")
            .matcher(row.group(4))
            .results()
            .forEach(label -> labels.add(label.group(1)));
        Documented before =
            all.put(row.group(1), new Documented(row.group(2) == null, row.group(3), labels));
        assertThat(before).as("once: %s", line).isNull();
      } else {
        assertThat(line).as("a row of the form that is read").doesNotStartWith("| `");
      }
    }
    return all;
  }

  @Test
  void areAllInTheTableWithTheirTypesAndLabels() throws IOException {
    Map<String, Documented> table = documented();
    scraped
        .types()
        .forEach(
            (name, type) -> {
              assertThat(table).as("documented").containsKey(name);
              Documented row = requireNonNull(table.get(name));
              assertThat(row.type()).as(name).isEqualTo(type);
              assertThat(labelsOf(name)).as(name).isEqualTo(row.labels());
            });
  }

  @Test
  void doNotLackWhatTheTableHas() throws IOException {
    Set<String> always =
        documented().entrySet().stream()
            .filter(row -> row.getValue().isAlwaysThere())
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(always).hasSizeGreaterThan(50);
    always.removeAll(scraped.types().keySet());
    assertThat(always).as("in the table, not on the node").isEmpty();
  }

  /** Those of a family, without what makes the samples of histograms and summaries. */
  private static Set<String> labelsOf(String family) {
    Set<String> labels = new TreeSet<>();
    scraped.samples().keySet().stream()
        .filter(sample -> sample.matches(Pattern.quote(family) + "(_bucket|_sum|_count)?(\\{.*)?"))
        .flatMap(sample -> LABEL_NAME.matcher(sample).results())
        .forEach(label -> labels.add(label.group(1)));
    labels.removeAll(Set.of("le", "quantile"));
    return labels;
  }

  @Test
  void countWhatClientsDid() {
    assertThat(scraped.sum("shardgrid_operations_total", "map=\"m\"", "kind=\"put\"", "\"ok\""))
        .isEqualTo(KEYS);
    assertThat(scraped.sum("shardgrid_operations_total", "map=\"m\"", "kind=\"get\"", "\"ok\""))
        .isEqualTo(KEYS);
    assertThat(scraped.sum("shardgrid_map_lookups_total", "map=\"m\"")).isEqualTo(KEYS);
    assertThat(scraped.sum("shardgrid_map_lookups_total", "map=\"m\"", "hit"))
        .as("every second one")
        .isEqualTo(KEYS / 2.0);
    assertThat(scraped.sum("shardgrid_map_entries", "map=\"m\"", "primary")).isEqualTo(KEYS);
    assertThat(scraped.sum("shardgrid_map_live_bytes", "map=\"m\"", "primary"))
        .isGreaterThan(KEYS * 10.0);
    assertThat(scraped.sum("shardgrid_shards", "primary")).isEqualTo(256);
    assertThat(scraped.sum("shardgrid_epoch_changes_total")).isGreaterThanOrEqualTo(256);
    assertThat(scraped.sum("shardgrid_connections_open", "native")).isEqualTo(1);
    assertThat(scraped.sum("shardgrid_connections_open", "http")).isEqualTo(1);
    assertThat(scraped.sum("shardgrid_turn_duration_seconds_count")).isPositive();
  }

  @Test
  void haveTimesInBucketsOfSeconds() {
    String name = "shardgrid_operation_duration_seconds";
    assertThat(scraped.types()).containsEntry(name, "histogram");
    double timed = scraped.sum(name + "_count", "map=\"m\"", "kind=\"put\"");
    assertThat(timed).isBetween(KEYS / 16.0, (double) KEYS);
    assertThat(scraped.sum(name + "_bucket", "map=\"m\"", "kind=\"put\"", "le=\"10.0\""))
        .isEqualTo(timed);
    assertThat(scraped.sum(name + "_bucket", "map=\"m\"", "kind=\"put\"", "le=\"1.0E-6\""))
        .isLessThan(timed);
    assertThat(scraped.sum(name + "_sum", "map=\"m\"", "kind=\"put\""))
        .isBetween(1e-6 * timed, 10 * timed);
  }

  /** Prometheus' own check of names, units and forms, where it is installed. */
  @Test
  void passTheCheckOfPromtool() throws Exception {
    Path promtool = Path.of("/usr/bin/promtool");
    if (!Files.isExecutable(promtool)) {
      return;
    }
    Path file = Files.createTempFile("metrics", ".txt");
    try {
      Files.writeString(file, text);
      Process check =
          new ProcessBuilder(promtool.toString(), "check", "metrics")
              .redirectInput(file.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(check.waitFor(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS)).isTrue();
      List<String> own = said.lines().filter(line -> line.contains("shardgrid")).toList();
      assertThat(own).isEmpty();
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
