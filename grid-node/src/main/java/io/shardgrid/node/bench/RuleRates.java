package io.shardgrid.node.bench;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.node.cli.Flight;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Measures calls of a rule beside reads and writes of the same grid, which has one node: in this
 * process, or in one of its own.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class RuleRates {

  private static final String RULE = "fraud";
  private static final long LIMIT = Long.MAX_VALUE;
  private static final String FORM = "  %-34s %12s %10s %12s %14s";
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Plan plan;
  private final Screen screen;

  /**
   * What to do.
   *
   * @param module with the functions of the example
   * @param engine which engine runs it, as in {@code grid.rule.engine}
   * @param heap memory of a node in a process of its own; empty for one in this process
   * @param entries entries that there are
   * @param inFlight operations at once
   * @param warm how long to warm up with each load
   * @param time how long a turn is
   * @param rounds turns of each load
   */
  record Plan(
      byte[] module,
      String engine,
      String heap,
      int entries,
      int inFlight,
      Duration warm,
      Duration time,
      int rounds) {}

  /** A turn: operations a second, and processor time of one. */
  private record Turn(double eachSecond, double cpuNanos) {}

  /** What is done again and again with a key, and its turns. */
  private record Load(
      String title, Function<String, CompletionStage<?>> operation, List<Turn> turns) {
    Load(String title, Function<String, CompletionStage<?>> operation) {
      this(title, operation, new ArrayList<>());
    }

    double median(ToDoubleFunction<Turn> number) {
      double[] sorted = turns.stream().mapToDouble(number).toArray();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }

  RuleRates(Plan plan, Screen screen) {
    this.plan = plan;
    this.screen = screen;
  }

  /** Measures, and writes a line for each load. */
  void measure() {
    try (RuleSite site = site()) {
      AsyncMap<String, byte[]> accounts = site.accounts();
      byte[] value = {'0'};
      List<Load> loads =
          List.of(
              new Load("get", accounts::get),
              new Load(
                  "a rule that reads nothing",
                  key -> accounts.invoke(key, RULE + ".validate_transaction", 1_000, 3)),
              new Load("put", key -> accounts.put(key, value)),
              new Load(
                  "a rule that reads and writes",
                  key -> accounts.invoke(key, RULE + ".spend", 1, LIMIT)));
      Keys keys = new Keys(plan.entries());
      Flight flight = new Flight(plan.inFlight());
      for (int index = 0; index < keys.number(); index++) {
        String key = keys.at(index);
        flight.add(() -> accounts.put(key, value));
      }
      flight.land();
      loads.forEach(load -> turn(site, load, keys, plan.warm()));
      for (int round = 0; round < plan.rounds(); round++) {
        loads.forEach(load -> load.turns().add(turn(site, load, keys, plan.time())));
      }
      screen.line(FORM.formatted(plan.engine(), "ops/s", "us/op", "a core", "to get"));
      loads.forEach(load -> screen.line(line(load, loads.get(0))));
    }
  }

  private RuleSite site() {
    return plan.heap().isEmpty()
        ? RuleSite.embedded(plan.engine(), RULE, plan.module())
        : RuleSite.remote(plan.engine(), RULE, plan.module(), plan.heap(), screen);
  }

  private Turn turn(RuleSite site, Load load, Keys keys, Duration time) {
    Usage before = site.usage();
    long fromNanos = System.nanoTime();
    long operations =
        Relay.run(
            plan.inFlight(),
            time,
            random -> load.operation().apply(keys.at(random.nextInt(keys.number()))));
    double seconds = (System.nanoTime() - fromNanos) / NANOS_PER_SECOND;
    Usage used = site.usage().since(before);
    double nanos = used.own().plus(used.nodes()).toNanos();
    return new Turn(operations / seconds, nanos / operations);
  }

  private static String line(Load load, Load get) {
    double nanos = load.median(Turn::cpuNanos);
    return FORM.formatted(
        load.title(),
        String.format(Locale.ROOT, "%,.0f", load.median(Turn::eachSecond)),
        String.format(Locale.ROOT, "%.2f", nanos / NANOS_PER_MICRO),
        String.format(Locale.ROOT, "%,.0f", NANOS_PER_SECOND / nanos),
        String.format(Locale.ROOT, "%.2f", nanos / get.median(Turn::cpuNanos)));
  }
}
