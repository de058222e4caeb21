package io.shardgrid.node.bench;

import io.shardgrid.node.cli.Screen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures how the cost of an operation changes with the number of shards, the number of maps, and
 * the bytes of a value: each case in a fresh process, by turns.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class Scaling {

  private static final String COST_FORM = "  %-22s %12s %14s %10s";
  private static final String LATENCY_FORM = "  %-22s %6s %12s %10s %10s %10s %12s";

  private final Plan plan;
  private final EmbeddedRun embedded;
  private final Screen screen;
  private final Map<ScalingCase, Map<String, List<Figures>>> measured = new LinkedHashMap<>();

  /**
   * What to do.
   *
   * @param cases the first is what the others are compared with
   * @param entries in a grid, fewer where they would be too many bytes
   * @param rounds how often each case is measured
   * @param arguments what all benchmarks are told
   */
  record Plan(List<ScalingCase> cases, int entries, int rounds, List<String> arguments) {}

  Scaling(Plan plan, EmbeddedRun embedded, Screen screen) {
    this.plan = plan;
    this.embedded = embedded;
    this.screen = screen;
  }

  /**
   * Does all of it.
   *
   * @param rows is told each row
   */
  void measure(Consumer<Map<String, String>> rows) {
    for (int round = 1; round <= plan.rounds(); round++) {
      for (ScalingCase one : plan.cases()) {
        screen.line("  round %d of %d: %s".formatted(round, plan.rounds(), one.name()));
        List<String> arguments = new ArrayList<>(one.arguments(plan.entries()));
        arguments.addAll(plan.arguments());
        for (Map<String, String> row : embedded.rows(arguments)) {
          rows.accept(row);
          measured
              .computeIfAbsent(one, any -> new LinkedHashMap<>())
              .computeIfAbsent(row.getOrDefault("phase", ""), any -> new ArrayList<>())
              .add(Figures.ofCsv(row));
        }
      }
    }
    showCosts();
    showLatencies();
  }

  private void showCosts() {
    screen.line();
    screen.line(COST_FORM.formatted(LoadRun.CLOSED, "ops/s", "ops/CPU second", "of first"));
    double first = median(plan.cases().get(0), LoadRun.CLOSED).operationsForCpuSecond();
    for (ScalingCase one : plan.cases()) {
      Figures figures = median(one, LoadRun.CLOSED);
      double cost = figures.operationsForCpuSecond();
      screen.line(
          COST_FORM.formatted(
              one.name(),
              decimal("%,.0f", figures.of(Column.DONE)),
              decimal("%,.0f", cost),
              decimal("%.2f", cost / first)));
    }
  }

  private void showLatencies() {
    screen.line();
    screen.line(LATENCY_FORM.formatted("open loop", "", "ops/s", "p50 us", "p99", "p99.9", "max"));
    measured.forEach(
        (one, phases) ->
            phases.keySet().stream()
                .filter(phase -> !phase.equals(LoadRun.CLOSED))
                .forEach(phase -> screen.line(latencyLine(one, phase))));
  }

  private String latencyLine(ScalingCase one, String phase) {
    Figures figures = median(one, phase);
    return LATENCY_FORM.formatted(
        one.name(),
        phase,
        decimal("%,.0f", figures.of(Column.DONE)),
        decimal("%,.1f", figures.of(Column.P50)),
        decimal("%,.1f", figures.of(Column.P99)),
        decimal("%,.1f", figures.of(Column.P999)),
        decimal("%,.1f", figures.of(Column.MAX)));
  }

  private Figures median(ScalingCase one, String phase) {
    return Figures.median(measured.getOrDefault(one, Map.of()).getOrDefault(phase, List.of()));
  }

  private static String decimal(String form, double number) {
    return String.format(Locale.ROOT, form, number);
  }
}
