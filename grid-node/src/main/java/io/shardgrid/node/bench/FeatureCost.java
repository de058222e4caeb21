package io.shardgrid.node.bench;

import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Measures what features cost: two clusters, one with them and one without, are loaded by turns
 * from this process, and what they do is compared turn by turn; with several such pairs.
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
   * @param pairs of clusters, whose processes compile each in its own way
   */
  record Plan(
      int nodes,
      int entries,
      int valueBytes,
      int inFlight,
      Duration warm,
      Duration time,
      int rounds,
      int pairs) {}

  /** A turn: operations a second, and processor time of an operation in all processes. */
  private record Turn(double eachSecond, double cpuMicros) {}

  /** How the clusters of one pair compare under one load. */
  private record Compared(Ratio rate, Ratio cost) {}

  /**
   * Turns with and without.
   *
   * @param with the median of those with
   * @param ratio the median of the turns' ratios, each to the one beside it
   */
  private record Ratio(double with, double without, double ratio) {

    static Ratio of(double[] with, double[] without) {
      double[] ratios = new double[with.length];
      Arrays.setAll(ratios, turn -> with[turn] / without[turn]);
      return new Ratio(median(with), median(without), median(ratios));
    }

    /** Of the numbers in order, the one in the middle, or the upper one of the two there. */
    static double median(double[] numbers) {
      double[] sorted = numbers.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }

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
        "ratio (least to most)",
        "us/op with",
        "without",
        "ratio (least to most)");
  }

  /**
   * Compares clusters with these features to such without any. Without any feature too: how far
   * that is from 1 is how far processes that do the same differ.
   */
  void measure(Set<Feature> features) {
    Map<String, List<Compared>> all = new TreeMap<>();
    for (int pair = 0; pair < plan.pairs(); pair++) {
      measurePair(features)
          .forEach((load, one) -> all.computeIfAbsent(load, any -> new ArrayList<>()).add(one));
    }
    all.forEach((load, pairs) -> screen.line(line(FeatureSite.title(features), load, pairs)));
  }

  private Map<String, Compared> measurePair(Set<Feature> features) {
    try (FeatureSite with = new FeatureSite(features, plan.nodes(), heap, screen);
        FeatureSite without = new FeatureSite(Set.of(), plan.nodes(), heap, screen)) {
      Subject dear = with.start();
      Subject cheap = without.start();
      new ClosedLoop(traffic(dear, 0), plan.inFlight()).fill();
      new ClosedLoop(traffic(cheap, 0), plan.inFlight()).fill();
      Map<String, Compared> compared = new TreeMap<>();
      for (int readPercent : List.of(100, 0)) {
        compared.put(
            readPercent == 0 ? "put" : "get",
            compare(
                new Loaded(with, new ClosedLoop(traffic(dear, readPercent), plan.inFlight())),
                new Loaded(without, new ClosedLoop(traffic(cheap, readPercent), plan.inFlight()))));
      }
      with.demandUsed();
      with.forgetLogs();
      without.forgetLogs();
      return compared;
    }
  }

  private Traffic traffic(Subject subject, int readPercent) {
    return new Traffic(subject, new Keys(plan.entries()), plan.valueBytes(), readPercent);
  }

  private Compared compare(Loaded with, Loaded without) {
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
    return new Compared(Ratio.of(rates(dear), rates(cheap)), Ratio.of(costs(dear), costs(cheap)));
  }

  private static String line(String title, String load, List<Compared> pairs) {
    List<Ratio> rates = pairs.stream().map(Compared::rate).toList();
    List<Ratio> costs = pairs.stream().map(Compared::cost).toList();
    return FORM.formatted(
        title,
        load,
        grouped(median(rates, Ratio::with)),
        grouped(median(rates, Ratio::without)),
        range(rates),
        decimal(median(costs, Ratio::with)),
        decimal(median(costs, Ratio::without)),
        range(costs));
  }

  private static double[] rates(List<Turn> turns) {
    return turns.stream().mapToDouble(Turn::eachSecond).toArray();
  }

  private static double[] costs(List<Turn> turns) {
    return turns.stream().mapToDouble(Turn::cpuMicros).toArray();
  }

  private static String range(List<Ratio> ratios) {
    DoubleSummaryStatistics all = ratios.stream().mapToDouble(Ratio::ratio).summaryStatistics();
    return "%s (%s to %s)"
        .formatted(
            decimal(median(ratios, Ratio::ratio)), decimal(all.getMin()), decimal(all.getMax()));
  }

  private static double median(List<Ratio> ratios, ToDoubleFunction<Ratio> number) {
    return Ratio.median(ratios.stream().mapToDouble(number).toArray());
  }

  private static String grouped(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
