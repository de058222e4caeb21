package io.shardgrid.node.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AxisTest {

  @Test
  void spreadsSecondsEvenlyFromZero() {
    Axis axis = Axis.linear("seconds", 37);
    assertThat(axis.to()).isEqualTo(40);
    assertThat(labels(axis)).containsExactly("0", "5", "10", "15", "20", "25", "30", "35", "40");
    assertThat(axis.share(10)).isEqualTo(0.25);
  }

  @Test
  void hasFewMarksWhereItIsSmall() {
    assertThat(labels(Axis.linear("a second", 3_800, 4)))
        .containsExactly("0", "1,000", "2,000", "3,000", "4,000");
    assertThat(labels(Axis.linear("a second", 0, 2))).containsExactly("0", "0.5", "1");
  }

  @Test
  void countsWithRoomAboveTheLargest() {
    Axis axis = Axis.counting("nodes", 3);
    assertThat(labels(axis)).containsExactly("0", "1", "2", "3");
    assertThat(axis.share(3)).isEqualTo(0.75);
  }

  @Test
  void tellsTheTimeAsAClockDoes() {
    Axis axis = Axis.time("minutes:seconds", 184, 7);
    assertThat(labels(axis))
        .containsExactly("0:00", "0:30", "1:00", "1:30", "2:00", "2:30", "3:00");
    assertThat(axis.share(92)).isEqualTo(0.5);
    assertThat(labels(Axis.time("", 7_300, 5)))
        .containsExactly("0:00", "30:00", "60:00", "90:00", "120:00");
    assertThat(labels(Axis.time("", 0, 5))).containsExactly("0:00");
  }

  @Test
  void keepsValuesBeyondItsEndsAtThem() {
    Axis axis = Axis.logarithmic("us", 5, 80);
    assertThat(axis.share(0)).isZero();
    assertThat(axis.share(1_000)).isEqualTo(1);
  }

  @Test
  void putsTenfoldValuesEquallyFarApart() {
    Axis axis = Axis.logarithmic("us", 0.5, 80);
    assertThat(axis.from()).isEqualTo(0.1);
    assertThat(axis.to()).isEqualTo(100);
    assertThat(labels(axis)).containsExactly("0.1", "1", "10", "100");
    assertThat(axis.share(1)).isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void hasAnExtentEvenIfAllValuesAreEqual() {
    Axis axis = Axis.logarithmic("us", 10, 10);
    assertThat(axis.to()).isGreaterThan(axis.from());
    assertThat(axis.share(10)).isZero();
  }

  @Test
  void putsNinesEquallyFarApart() {
    Axis axis = Axis.percentiles("percentile", 9_000);
    assertThat(labels(axis)).containsExactly("0 %", "50 %", "90 %", "99 %", "99.9 %", "99.99 %");
    assertThat(axis.share(99)).isCloseTo(0.5, within(1e-9));
    assertThat(axis.share(100)).isEqualTo(1);
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(Axis.Tick::label).filter(label -> !label.isEmpty()).toList();
  }
}
