package io.shardgrid.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AmountsTest {

  @Test
  void choosesTheUnitOfADuration() {
    assertThat(Amounts.nanos(0)).isEqualTo("0 ns");
    assertThat(Amounts.nanos(25.04)).isEqualTo("25.0 ns");
    assertThat(Amounts.nanos(999)).isEqualTo("999 ns");
    assertThat(Amounts.nanos(1_000)).isEqualTo("1.00 µs");
    assertThat(Amounts.nanos(123_456_789)).isEqualTo("123 ms");
    assertThat(Amounts.nanos(5.4321e12)).isEqualTo("5,432 s");
  }

  @Test
  void keepsThreeDigits() {
    assertThat(Amounts.number(0.25)).isEqualTo("0.25");
    assertThat(Amounts.number(-12.34)).isEqualTo("-12.3");
    assertThat(Amounts.number(1234.5)).isEqualTo("1,235");
    assertThat(Amounts.count(10_000_000)).isEqualTo("10,000,000");
  }

  @Test
  void dividesOneByTheOther() {
    assertThat(Amounts.ratio(50, 2)).isEqualTo("25.0 x");
    assertThat(Amounts.ratio(1, 0)).isEqualTo("-");
  }
}
