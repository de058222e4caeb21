package io.shardgrid.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FiguresTest {

  private static final Usage USED = new Usage(Duration.ofMillis(3), Duration.ofMillis(2), 800);

  private static Callers.Load load() {
    Phase phase = new Phase("50 %");
    phase.done(2_000);
    phase.done(3_000);
    phase.done(4_000);
    phase.failed("X");
    phase.end();
    return new Callers.Load(phase, new Effort(400, 1_000_000));
  }

  @Test
  void sharesCostsAmongAllOperationsButNotTheWaiting() {
    Figures figures = Figures.of(100, load(), USED);
    assertThat(figures.of(Column.CPU)).isCloseTo(1_000, within(1e-9));
    assertThat(figures.of(Column.NODES_CPU)).isCloseTo(500, within(1e-9));
    assertThat(figures.of(Column.ALLOCATED)).isEqualTo(100);
    assertThat(figures.of(Column.SENT)).isEqualTo(200);
    assertThat(figures.of(Column.ERRORS)).isEqualTo(1);
    assertThat(figures.operationsForCpuSecond()).isCloseTo(1_000, within(1e-9));
  }

  @Test
  void showsLatencyOfTheOpenLoopOnly() {
    Figures open = Figures.of(100, load(), USED);
    assertThat(open.of(Column.P50)).isCloseTo(3, within(0.01));
    assertThat(open.of(Column.MAX)).isCloseTo(4, within(0.01));
    assertThat(Figures.of(0, load(), USED).of(Column.P50)).isNaN();
    assertThat(Figures.of(0, load(), USED).of(Column.DUE)).isNaN();
  }

  @Test
  void showsADashForWhatWasNotMeasured() {
    Usage alone = new Usage(Duration.ofMillis(3), Duration.ZERO, -1);
    String row = Figures.of(0, load(), alone).row(LoadRun.CLOSED);
    assertThat(row).startsWith("  closed loop ").endsWith(" -").hasSameSizeAs(Figures.heads());
  }

  @Test
  void hasTheMedianOfEachFigure() {
    Figures median = Figures.median(List.of(of(3, 10), of(1, 30), of(2, 20)));
    assertThat(median.of(Column.P50)).isEqualTo(2);
    assertThat(median.of(Column.DONE)).isEqualTo(20);
    assertThat(median.of(Column.SENT)).isNaN();
  }

  private static Figures of(double p50, double done) {
    return new Figures(Map.of(Column.P50, p50, Column.DONE, done));
  }

  @Test
  void isReadFromTheRowThatItWrote() {
    Figures figures = of(1.25, 17);
    Map<String, String> row = new HashMap<>();
    for (int cell = 0; cell < Figures.csvNames().size(); cell++) {
      row.put(Figures.csvNames().get(cell), figures.csvCells().get(cell));
    }
    Figures read = Figures.ofCsv(row);
    assertThat(read.of(Column.P50)).isEqualTo(1.25);
    assertThat(read.of(Column.DONE)).isEqualTo(17);
    assertThat(read.of(Column.CPU)).isNaN();
  }
}
