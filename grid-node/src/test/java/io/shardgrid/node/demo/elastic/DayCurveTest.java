package io.shardgrid.node.demo.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DayCurveTest {

  private final DayCurve curve = new DayCurve(900, 3_800);

  @Test
  void isCalmAtNightAndBusyAtNoon() {
    assertThat(curve.at(0)).isEqualTo(900);
    assertThat(curve.at(DayCurve.NOON)).isEqualTo(3_800);
    assertThat(curve.at(1)).isEqualTo(900);
  }

  @Test
  void staysAtNightBeforeAndAfterTheDay() {
    assertThat(curve.at(-1)).isEqualTo(900);
    assertThat(curve.at(7)).isEqualTo(900);
  }

  @Test
  void risesAndFallsWithoutAStep() {
    for (double share = 0; share < 1; share += 0.001) {
      assertThat(curve.at(share + 0.001)).isCloseTo(curve.at(share), within(30.0));
      assertThat(curve.at(share)).isBetween(900.0, 3_800.0);
      if (share < DayCurve.NOON) {
        assertThat(curve.at(share + 0.001)).isGreaterThanOrEqualTo(curve.at(share));
      }
    }
  }
}
