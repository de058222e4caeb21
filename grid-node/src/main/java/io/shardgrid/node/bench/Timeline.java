package io.shardgrid.node.bench;

import io.shardgrid.node.chart.Axis;
import io.shardgrid.node.chart.LineChart;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a load one after the other, and the seconds of each.
 *
 * <p>Confined to one thread, which it blocks.
 */
public final class Timeline {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double NANOS_PER_SECOND = 1e9;

  private final OpenLoop load;
  private final long beganNanos = System.nanoTime();
  private final List<Second> seconds = new ArrayList<>();
  private @Nullable Phase phase;
  private long phaseNanos;
  private int parts;

  /**
   * A second of a phase; its last is shorter.
   *
   * @param of the phase that it is of
   * @param at seconds from the beginning of the first phase to its own
   */
  public record Second(Phase of, Phase part, double at) {}

  public Timeline(OpenLoop load) {
    this.load = load;
  }

  /** Ends the phase that runs, and begins the next. */
  public Phase enter(String name) {
    end();
    Phase next = new Phase(name);
    phase = next;
    phaseNanos = System.nanoTime();
    parts = 0;
    tick();
    return next;
  }

  /** Ends the phase that runs. */
  public void end() {
    if (phase != null) {
      phase.end();
    }
  }

  /** Begins the next second if it is time. To be called several times a second. */
  public void tick() {
    long nowNanos = System.nanoTime();
    Phase of = phase;
    if (of != null && nowNanos - phaseNanos >= parts * SECOND_NANOS) {
      Phase part = load.enter(of.part("+" + parts + " s"));
      seconds.add(new Second(of, part, (nowNanos - beganNanos) / NANOS_PER_SECOND));
      parts++;
    }
  }

  /** Lets so much time pass, second by second. */
  public void linger(Duration time) {
    long fromNanos = System.nanoTime();
    long left = time.toNanos();
    while (left > 0) {
      Waiting.linger(Duration.ofNanos(Math.min(left, POLL.toNanos())));
      left = time.toNanos() - (System.nanoTime() - fromNanos);
      if (left > 0) {
        tick();
      }
    }
  }

  /** The seconds of all phases. */
  public List<Second> seconds() {
    return List.copyOf(seconds);
  }

  /** Draws their latencies. */
  static LineChart chart(String title, String subtitle, List<Second> seconds) {
    List<Second> busy = seconds.stream().filter(second -> second.part().done() > 0).toList();
    double last = busy.stream().mapToDouble(Second::at).max().orElse(1);
    double min = busy.stream().mapToDouble(second -> second.part().millis(50)).min().orElse(1);
    double max = busy.stream().mapToDouble(second -> second.part().millis(100)).max().orElse(1);
    return new LineChart(
        title,
        subtitle,
        Axis.linear("seconds", last),
        Axis.logarithmic("latency in milliseconds", min, max),
        List.of(
            line("max", busy, second -> second.part().millis(100)),
            line("p99", busy, second -> second.part().millis(99)),
            line("p50", busy, second -> second.part().millis(50))));
  }

  private static LineChart.Line line(
      String label, List<Second> seconds, ToDoubleFunction<Second> latency) {
    return new LineChart.Line(
        label,
        seconds.stream()
            .map(second -> new LineChart.Point(second.at(), latency.applyAsDouble(second)))
            .toList());
  }
}
