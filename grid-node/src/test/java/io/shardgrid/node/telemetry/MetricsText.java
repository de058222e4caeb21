package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics read from their text, which must be as the formats want it: for each family a help and a
 * type, then its samples, no sample twice, buckets of histograms that never fall and end with their
 * count. Source: Prometheus, "Exposition formats"; OpenMetrics 1.0.
 */
public final class MetricsText {

  private static final Pattern META =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final String LABEL = "[a-zA-Z_]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\"";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "(\\{"
              + LABEL
              + "(?:,"
              + LABEL
              + ")*})? (-?[0-9.E-]+|NaN|[+-]Inf)");

  private static final Pattern LE = Pattern.compile("(?:,|(?<=\\{))le=\"([^\"]*)\"");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  private MetricsText() {}

  /** Reads a text, and fails if it is none. */
  public static MetricsText parse(Exposition exposition) {
    MetricsText text = new MetricsText();
    boolean isOpenMetrics = exposition.contentType().equals(Exposition.OPEN_METRICS_TYPE);
    List<String> lines = new ArrayList<>(exposition.text().lines().toList());
    if (isOpenMetrics) {
      assertThat(exposition.text()).endsWith("# EOF\n");
      lines.remove(lines.size() - 1);
    } else if (!lines.isEmpty()) {
      assertThat(exposition.text()).endsWith("\n").doesNotContain("# EOF");
    }
    Set<String> metas = new HashSet<>();
    String family = "";
    for (String line : lines) {
      Matcher meta = META.matcher(line);
      if (meta.matches()) {
        family = meta.group(2);
        assertThat(metas.add(meta.group(1) + family)).as("once: %s", line).isTrue();
        if (meta.group(1).equals("TYPE")) {
          text.types.put(family, meta.group(3));
        }
      } else {
        text.sample(line, family, isOpenMetrics);
        assertThat(metas).contains("HELP" + family, "TYPE" + family);
      }
    }
    text.checkBuckets();
    return text;
  }

  private void sample(String line, String family, boolean isOpenMetrics) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as("a sample: %s", line).isTrue();
    String type = types.getOrDefault(family, "none");
    assertThat(namesOf(family, type, isOpenMetrics)).as(line).contains(sample.group(1));
    assertThat(sample.group(1).endsWith("_total")).as(line).isEqualTo(type.equals("counter"));
    String labels = sample.group(2) == null ? "" : sample.group(2);
    Double before = samples.put(sample.group(1) + labels, Double.valueOf(sample.group(3)));
    assertThat(before).as("once: %s", line).isNull();
  }

  private static List<String> namesOf(String family, String type, boolean isOpenMetrics) {
    return switch (type) {
      case "counter" -> List.of(isOpenMetrics ? family + "_total" : family);
      case "gauge" -> List.of(family);
      case "histogram" -> List.of(family + "_bucket", family + "_count", family + "_sum");
      case "summary" -> List.of(family, family + "_count", family + "_sum");
      default -> List.of();
    };
  }

  /** In the order of the text buckets follow each other, those of one series without a gap. */
  private void checkBuckets() {
    String series = "";
    double before = 0;
    for (Map.Entry<String, Double> sample : samples.entrySet()) {
      Matcher le = LE.matcher(sample.getKey());
      if (!le.find()) {
        continue;
      }
      String bound = le.group(1);
      String now = le.replaceFirst("").replace("{}", "");
      assertThat(sample.getValue())
          .as(sample.getKey())
          .isGreaterThanOrEqualTo(now.equals(series) ? before : 0);
      series = now;
      before = sample.getValue();
      if (bound.equals("+Inf")) {
        assertThat(samples)
            .as(sample.getKey())
            .containsEntry(now.replace("_bucket", "_count"), before);
      }
    }
  }

  /** All families, by name, with their types. */
  public Map<String, String> types() {
    return types;
  }

  /** The sum of all samples with this name, and labels that contain all of these. */
  public double sum(String name, String... labels) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().equals(name) || sample.getKey().startsWith(name + "{"))
        .filter(sample -> List.of(labels).stream().allMatch(sample.getKey()::contains))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The type of a family. */
  String type(String family) {
    return types.getOrDefault(family, "none");
  }

  /** All samples, by name with labels. */
  public Map<String, Double> samples() {
    return samples;
  }
}
