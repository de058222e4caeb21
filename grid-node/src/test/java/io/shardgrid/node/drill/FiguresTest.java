package io.shardgrid.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FiguresTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  @Test
  void takesWhatWasDueInItsSpanAlone() {
    List<Sample> samples =
        List.of(done(-1, 5 * MILLI), done(0, 5 * MILLI), done(SECOND - 1, 1), done(SECOND, 1));

    assertThat(Figures.of(samples, 0, SECOND).operations()).isEqualTo(2);
  }

  @Test
  void countsLatencyFromWhenAnOperationWasDue() {
    Figures figures = Figures.of(List.of(done(10 * MILLI, 250 * MILLI)), 0, SECOND);

    assertThat(figures.percentileNanos(50)).isEqualTo(250 * MILLI);
  }

  @Test
  void findsPercentilesByNearestRank() {
    List<Sample> samples =
        IntStream.rangeClosed(1, 200).mapToObj(one -> done(one, one * MILLI)).toList();
    Figures figures = Figures.of(samples, 0, SECOND);

    assertThat(figures.percentileNanos(50)).isEqualTo(100 * MILLI);
    assertThat(figures.percentileNanos(95)).isEqualTo(190 * MILLI);
    assertThat(figures.percentileNanos(99)).isEqualTo(198 * MILLI);
    assertThat(figures.percentileNanos(100)).isEqualTo(200 * MILLI);
  }

  @Test
  void countsFailuresBesideLatencies() {
    Sample failed = new Sample(1, 5 * SECOND, 0, false);
    Figures figures = Figures.of(List.of(failed, done(2, MILLI), done(3, MILLI)), 0, 2 * SECOND);

    assertThat(figures.failures()).isEqualTo(1);
    assertThat(DrillLine.Load.of(figures).row("during")).endsWith(" 33.33%");
    assertThat(figures.doneEachSecond()).isEqualTo(1);
    assertThat(figures.percentileNanos(100)).isEqualTo(MILLI);
  }

  @Test
  void isZeroWithoutOperations() {
    Figures figures = Figures.of(List.of(), 0, 0);

    assertThat(figures.percentileNanos(99)).isZero();
    assertThat(figures.doneEachSecond()).isZero();
    assertThat(DrillLine.Load.of(figures).row("before"))
        .hasSameSizeAs(DrillLine.Load.heads())
        .endsWith(" 0.00%");
  }

  private static Sample done(long scheduledNanos, long latencyNanos) {
    return new Sample(scheduledNanos, scheduledNanos + latencyNanos, 0, true);
  }
}
