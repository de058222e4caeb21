package io.shardgrid.node.bench;

import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Measures what features cost: two clusters, one with them and one without, are loaded by turns
 * from this process, and what they do is compared turn by turn.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class FeatureCost {

  private static final String FORM = "  %-28s %-5s %12s %12s %22s %10s %10s %22s";
  private static final double NANOS_PER_MICRO = 1e3;

  private final Plan plan;
  private final String heap;
  private final Screen screen;

  /**
   * What to do.
   *
   * @param nodes of each cluster
   * @param entries entries that are in the map before
   * @param valueBytes bytes of a value
   * @param inFlight operations at once
   * @param warm how long to warm up with each load
   * @param time how long a turn is
   * @param rounds turns of each cluster and load
   */
  record Plan(
      int nodes,
      int entries,
      int valueBytes,
      int inFlight,
      Duration warm,
      Duration time,
      int rounds) {}

  /** A turn: operations a second, and processor time of an operation in all processes. */
  private record Turn(double eachSecond, double cpuMicros) {}

  /** A cluster under load. */
  private record Loaded(FeatureSite site, ClosedLoop loop) {

    Turn turn(Duration time) {
      Usage before = site.usage();
      ClosedLoop.Sum sum = loop.run(time);
      Usage used = site.usage().since(before);
      double nanos = used.own().toNanos() + (double) used.nodes().toNanos();
      return new Turn(sum.eachSecond(), nanos / sum.operations() / NANOS_PER_MICRO);
    }
  }

  FeatureCost(Plan plan, String heap, Screen screen) {
    this.plan = plan;
    this.heap = heap;
    this.screen = screen;
  }

  /** The heads of the columns of the lines that {@link #measure} writes. */
  static String heads() {
    return FORM.formatted(
        "",
        "load",
        "ops/s with",
        "without",
        "ratio (quartiles)",
        "us/op with",
        "without",
        "ratio (quartiles)");
  }

  /** Compares a cluster with these features to one without any. */
  void measure(Set<Feature> features) {
    try (FeatureSite with = new FeatureSite(features, plan.nodes(), heap, screen);
        FeatureSite without = new FeatureSite(Set.of(), plan.nodes(), heap, screen)) {
      Subject dear = with.start();
      Subject cheap = without.start();
      new ClosedLoop(traffic(dear, 0), plan.inFlight()).fill();
      new ClosedLoop(traffic(cheap, 0), plan.inFlight()).fill();
      for (int readPercent : List.of(100, 0)) {
        compare(
            with.title(),
            readPercent == 0 ? "put" : "get",
            new Loaded(with, new ClosedLoop(traffic(dear, readPercent), plan.inFlight())),
            new Loaded(without, new ClosedLoop(traffic(cheap, readPercent), plan.inFlight())));
      }
      with.demandUsed();
      with.forgetLogs();
      without.forgetLogs();
    }
  }

  private Traffic traffic(Subject subject, int readPercent) {
    return new Traffic(subject, new Keys(plan.entries()), plan.valueBytes(), readPercent);
  }

  private void compare(String title, String load, Loaded with, Loaded without) {
    with.turn(plan.warm());
    without.turn(plan.warm());
    List<Turn> dear = new ArrayList<>();
    List<Turn> cheap = new ArrayList<>();
    for (int turn = 0; turn < plan.rounds(); turn++) {
      // Who is first changes, so that neither always finds the machine as the other has left it.
      if (turn % 2 == 0) {
        dear.add(with.turn(plan.time()));
        cheap.add(without.turn(plan.time()));
      } else {
        cheap.add(without.turn(plan.time()));
        dear.add(with.turn(plan.time()));
      }
    }
    screen.line(
        FORM.formatted(
            title,
            load,
            grouped(median(rates(dear))),
            grouped(median(rates(cheap))),
            ratios(rates(dear), rates(cheap)),
            decimal(median(costs(dear))),
            decimal(median(costs(cheap))),
            ratios(costs(dear), costs(cheap))));
  }

  private static double[] rates(List<Turn> turns) {
    return turns.stream().mapToDouble(Turn::eachSecond).toArray();
  }

  private static double[] costs(List<Turn> turns) {
    return turns.stream().mapToDouble(Turn::cpuMicros).toArray();
  }

  private static String ratios(double[] with, double[] without) {
    double[] ratios = new double[with.length];
    for (int turn = 0; turn < ratios.length; turn++) {
      ratios[turn] = with[turn] / without[turn];
    }
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f to %.3f)",
        quantile(ratios, 2),
        quantile(ratios, 1),
        quantile(ratios, 3));
  }

  private static double median(double[] numbers) {
    return quantile(numbers, 2);
  }

  /** A quartile: of the numbers in order, the one that is nearest to its place. */
  private static double quantile(double[] numbers, int quarter) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round((sorted.length - 1) * quarter / 4.0)];
  }

  private static String grouped(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
