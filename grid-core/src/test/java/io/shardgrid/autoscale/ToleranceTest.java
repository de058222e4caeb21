package io.shardgrid.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ToleranceTest {

  @Test
  void coversItsVeryBoundaryOnBothSides() {
    assertThat(Tolerance.DEFAULT.covers(110, 100)).isTrue();
    assertThat(Tolerance.DEFAULT.covers(90, 100)).isTrue();
    assertThat(Tolerance.DEFAULT.covers(1_100_001, 1_000_000)).isFalse();
    assertThat(Tolerance.DEFAULT.covers(899_999, 1_000_000)).isFalse();
  }

  @Test
  void mayDifferForEachDirection() {
    Tolerance tolerance = new Tolerance(new BigDecimal("0.3"), new BigDecimal("0.05"));
    assertThat(tolerance.covers(130, 100)).isTrue();
    assertThat(tolerance.covers(131, 100)).isFalse();
    assertThat(tolerance.covers(95, 100)).isTrue();
    assertThat(tolerance.covers(94, 100)).isFalse();
  }

  @Test
  void coversTheTargetAloneWhenItIsNought() {
    Tolerance none = Tolerance.of(BigDecimal.ZERO);
    assertThat(none.covers(100, 100)).isTrue();
    assertThat(none.covers(101, 100)).isFalse();
    assertThat(none.covers(99, 100)).isFalse();
  }

  @Test
  void comparesTheLargestNumbersExactly() {
    assertThat(Tolerance.of(BigDecimal.ONE).covers(Long.MAX_VALUE, Long.MAX_VALUE / 2)).isFalse();
    assertThat(Tolerance.of(BigDecimal.ONE).covers(Long.MAX_VALUE - 1, Long.MAX_VALUE / 2))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1000.1", "1e-200", "1e500"})
  void refusesWhatMakesNoSense(String share) {
    assertThatThrownBy(() -> Tolerance.of(new BigDecimal(share)))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("key=grid.autoscale.tolerance.up");
  }
}
