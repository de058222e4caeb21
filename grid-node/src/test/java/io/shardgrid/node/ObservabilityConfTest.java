package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and dashboard of conf/observability, beside the table of meters. */
final class ObservabilityConfTest {

  private static final Path CONF = Path.of("..", "conf", "observability");
  private static final Path TABLE = Path.of("docs", "metrics.md");
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final int PROMTOOL_SECONDS_MAX = 60;

  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_]+)`( \\*)? \\| ([a-z]+) \\| ([^|]*) \\|.*");
  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:shardgrid|jvm|process|system)_[a-z_]+)\\b(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+) *(?:=~|!~|!=|=)");

  /** Those that Prometheus gives to every target, and to the buckets of histograms. */
  private static final Set<String> LABELS_OF_ALL =
      Set.of("cluster", "node", "job", "instance", "le");

  private final JsonNode dashboard;
  private final JsonNode alerts;
  private final String readme;

  ObservabilityConfTest() throws IOException {
    this.dashboard =
        new JsonMapper().readTree(CONF.resolve("grafana/dashboards/shardgrid.json").toFile());
    this.alerts = new YAMLMapper().readTree(CONF.resolve("alerts.yml").toFile());
    this.readme = Files.readString(CONF.resolve("README.md"));
  }

  @Test
  void asksForMetersAndLabelsThatThereAre() throws IOException {
    Map<String, Set<String>> table = table();
    assertThat(table).hasSizeGreaterThan(50);
    List<String> queries = queries();
    assertThat(queries).hasSizeGreaterThan(80);
    for (String query : queries) {
      Matcher selector = SELECTOR.matcher(query);
      while (selector.find()) {
        String name = family(selector.group(1), table.keySet());
        assertThat(table).as(query).containsKey(name);
        Set<String> labels = new HashSet<>();
        if (selector.group(2) != null) {
          LABEL.matcher(selector.group(2)).results().forEach(one -> labels.add(one.group(1)));
        }
        labels.removeAll(LABELS_OF_ALL);
        assertThat(table.get(name)).as(query).containsAll(labels);
      }
    }
  }

  @Test
  void saysOfEachAlertHowBadItIsAndWhatToDo() {
    Set<String> names = new TreeSet<>();
    for (JsonNode rule : rules()) {
      String name = rule.path("alert").asText();
      assertThat(names.add(name)).as(name).isTrue();
      assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
      assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
      assertThat(rule.at("/annotations/runbook").asText())
          .isEqualTo("conf/observability/README.md#" + name.toLowerCase(Locale.ROOT));
    }
    Set<String> explained =
        readme
            .lines()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(explained).isEqualTo(names);
  }

  @Test
  void testsEachAlert() throws IOException {
    JsonNode tests = new YAMLMapper().readTree(CONF.resolve("alerts-test.yml").toFile());
    Set<String> fired = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    for (JsonNode test : tests.path("tests")) {
      for (JsonNode look : test.path("alert_rule_test")) {
        (look.path("exp_alerts").isEmpty() ? silent : fired).add(look.path("alertname").asText());
      }
    }
    Set<String> all =
        rules().stream()
            .map(rule -> rule.path("alert").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(fired).isEqualTo(all);
    assertThat(silent).isEqualTo(all);
  }

  @Test
  void explainsEachPanel() {
    Set<Integer> ids = new HashSet<>();
    List<String> rows = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
      if (panel.path("type").asText().equals("row")) {
        rows.add(title);
      } else {
        assertThat(panel.path("description").asText()).as(title).isNotBlank();
        assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
        assertThat(panel.path("targets")).as(title).isNotEmpty();
      }
    }
    assertThat(rows)
        .containsExactly(
            "Is it safe?",
            "Is it fast?",
            "Is it full?",
            "Is the database safe?",
            "What is it doing?");
  }

  @Test
  void scrapesTheNodesOfTheExamples() throws IOException {
    JsonNode prometheus = new YAMLMapper().readTree(CONF.resolve("prometheus.yml").toFile());
    Map<String, String> targets = new TreeMap<>();
    for (JsonNode one : prometheus.at("/scrape_configs/0/static_configs")) {
      targets.put(one.at("/labels/node").asText(), one.at("/targets/0").asText());
    }
    Map<String, String> nodes = new TreeMap<>();
    for (String name : List.of("a", "b", "c")) {
      Path file = Path.of("..", "conf", "three-" + name + ".conf");
      Config node = ConfigFactory.parseFile(file.toFile()).getConfig("grid");
      nodes.put(node.getString("name"), "127.0.0.1:" + node.getInt("node.http.port"));
    }
    assertThat(targets).isEqualTo(nodes);
    assertThat(prometheus.at("/rule_files/0").asText()).isEqualTo("alerts.yml");
  }

  @Test
  void hasOtherFilesThatCanBeRead() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    Path provisioning = CONF.resolve("grafana/provisioning");
    JsonNode sources = yaml.readTree(provisioning.resolve("datasources/shardgrid.yml").toFile());
    assertThat(sources.findValuesAsText("uid")).containsExactly("prometheus", "loki", "tempo");
    assertThat(
            yaml.readTree(CONF.resolve("loki.yml").toFile()).at("/server/http_listen_port").asInt())
        .isEqualTo(3100);
    assertThat(
            yaml.readTree(CONF.resolve("tempo.yml").toFile()).at("/storage/trace/backend").asText())
        .isEqualTo("local");
    JsonNode pods = yaml.readTree(CONF.resolve("prometheus-kubernetes.yml").toFile());
    assertThat(pods.findValuesAsText("target_label")).contains("cluster", "node");
  }

  @Test
  void passesPromtool(@TempDir Path directory) throws Exception {
    assumeTrue(
        Files.isExecutable(PROMTOOL),
        "promtool is not installed: apt-get install --no-install-recommends prometheus");
    promtool(directory, "check", "config", "prometheus.yml");
    promtool(directory, "check", "rules", "alerts.yml");
    promtool(directory, "test", "rules", "alerts-test.yml");
  }

  private static void promtool(Path directory, String... arguments) throws Exception {
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(PROMTOOL.toString()), Stream.of(arguments)).toList())
            .directory(CONF.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(PROMTOOL_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(said, StandardCharsets.UTF_8)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<JsonNode> rules() {
    return StreamSupport.stream(alerts.path("groups").spliterator(), false)
        .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
        .toList();
  }

  /** What alerts, panels and variables ask Prometheus for. */
  private List<String> queries() {
    List<String> queries = new ArrayList<>();
    rules().forEach(rule -> queries.add(rule.path("expr").asText()));
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(target.path("expr").asText());
      }
    }
    for (JsonNode variable : dashboard.at("/templating/list")) {
      queries.add(variable.path("definition").asText());
    }
    return queries;
  }

  /** Labels of each meter, by its name. */
  private static Map<String, Set<String>> table() throws IOException {
    Map<String, Set<String>> table = new TreeMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> labels =
            Pattern.compile("`([a-z_]+)`")
                .matcher(row.group(4))
                .results()
                .map(label -> label.group(1))
                .collect(Collectors.toSet());
        table.put(row.group(1), labels);
      }
    }
    return table;
  }

  /** The meter that a series belongs to: histograms have three for each. */
  private static String family(String series, Set<String> names) {
    if (names.contains(series)) {
      return series;
    }
    return series.replaceFirst("_(bucket|sum|count|max)$", "");
  }
}
