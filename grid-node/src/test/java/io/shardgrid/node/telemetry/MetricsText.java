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
 * type, then its samples, no sample twice. Source: Prometheus, "Exposition formats"; OpenMetrics
 * 1.0.
 */
final class MetricsText {

  private static final Pattern META =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "(\\{[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\"})? (-?[0-9.E]+|NaN|[+-]Inf)");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  private MetricsText() {}

  /** Reads a text, and fails if it is none. */
  static MetricsText parse(Exposition exposition) {
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
    return text;
  }

  private void sample(String line, String family, boolean isOpenMetrics) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as("a sample: %s", line).isTrue();
    boolean isCounter = "counter".equals(types.get(family));
    String name = isOpenMetrics && isCounter ? family + "_total" : family;
    assertThat(sample.group(1)).as(line).isEqualTo(name);
    assertThat(sample.group(1).endsWith("_total")).as(line).isEqualTo(isCounter);
    String labels = sample.group(2) == null ? "" : sample.group(2);
    Double before = samples.put(sample.group(1) + labels, Double.valueOf(sample.group(3)));
    assertThat(before).as("once: %s", line).isNull();
  }

  /** The type of a family. */
  String type(String family) {
    return types.getOrDefault(family, "none");
  }

  /** All samples, by name with labels. */
  Map<String, Double> samples() {
    return samples;
  }
}
