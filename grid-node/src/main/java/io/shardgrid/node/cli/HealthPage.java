package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What {@code /health/report} says. Immutable. */
@JsonIgnoreProperties(ignoreUnknown = true)
record HealthPage(String health, List<Reason> reasons, List<Quadrant> quadrants) {

  /** What keeps the cluster from being healthy. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Reason(String cause, String word, String text) {}

  /** One side. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Quadrant(String name, List<Finding> findings) {

    String title() {
      return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** A line for each finding, what it means behind it. */
    List<String> lines() {
      int names = widest(findings.stream().map(Finding::name).toList());
      int values = widest(findings.stream().map(Finding::value).toList());
      return findings.stream()
          .map(
              one ->
                  "  %-7s  %s  %s  %s"
                      .formatted(
                          one.mark().equals("figure") ? "" : one.mark(),
                          padded(one.name(), names),
                          padded(one.value(), values),
                          one.text()))
          .toList();
    }

    private static int widest(List<String> texts) {
      return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
      return text + " ".repeat(width - text.length());
    }
  }

  /** One thing that was found. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Finding(String mark, String name, String value, String text) {}

  private static final String PATH = "/health/report";

  static String fetchText(String node) {
    return AdminPage.get(node, PATH);
  }

  static HealthPage parse(String text) {
    return AdminPage.parse(text, HealthPage.class);
  }

  /** The word, and a line for each reason. */
  List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(health);
    reasons.forEach(reason -> lines.add("  %-11s  %s".formatted(reason.word(), reason.text())));
    return lines;
  }

  /** The codes that commands about health can end with. */
  static Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK,
        ExitCode.FAILED,
        ExitCode.USAGE,
        ExitCode.DEGRADED,
        ExitCode.LOST,
        ExitCode.INTERNAL);
  }

  /** What the word means to a script. */
  ExitCode exitCode() {
    return switch (health) {
      case "HEALTHY", "REBALANCING" -> ExitCode.OK;
      case "DEGRADED" -> ExitCode.DEGRADED;
      case "LOST" -> ExitCode.LOST;
      default ->
          throw new CommandException(
              ExitCode.FAILED, "What answers is no node of this version: health=" + health);
    };
  }
}
