package io.shardgrid.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.shardgrid.meter.HistogramCounts;
import io.shardgrid.meter.NodeTally;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Histograms for registries that can take none that was counted elsewhere: how many numbers there
 * were, and their sum. Times are function timers, of others there are two counters. Confined to one
 * look at a time.
 */
final class SummedHistograms implements Histograms {

  private final Enrolment enrolment;
  private final NodeTally tally;

  SummedHistograms(MeterRegistry registry, NodeTally tally) {
    this.enrolment = new Enrolment(registry);
    this.tally = tally;
  }

  @Override
  public void look() {
    for (Distribution one : Distribution.ALL) {
      one.series().apply(tally).forEach(series -> show(one, series.tags()));
    }
  }

  private void show(Distribution one, Tags tags) {
    if (one.isTime()) {
      enrolment.add(
          FunctionTimer.builder(
                  one.family().name(),
                  tally,
                  of -> read(of, one, tags, HistogramCounts::count),
                  of -> read(of, one, tags, HistogramCounts::sum),
                  TimeUnit.NANOSECONDS)
              .description(one.family().help())
              .tags(tags)
              .register(enrolment.registry()));
      return;
    }
    enrolment.add(counter(one, "count", tags, HistogramCounts::count));
    enrolment.add(counter(one, "sum", tags, HistogramCounts::sum));
  }

  private FunctionCounter counter(
      Distribution one, String what, Tags tags, ToLongFunction<HistogramCounts> number) {
    return FunctionCounter.builder(
            one.family().name() + "." + what, tally, of -> read(of, one, tags, number))
        .description(one.family().help())
        .tags(tags)
        .register(enrolment.registry());
  }

  private static long read(
      NodeTally tally, Distribution one, Tags tags, ToLongFunction<HistogramCounts> number) {
    return one.series().apply(tally).stream()
        .filter(series -> series.tags().equals(tags))
        .mapToLong(series -> number.applyAsLong(series.counts()))
        .sum();
  }

  @Override
  public void close() {
    enrolment.removeAll();
  }
}
