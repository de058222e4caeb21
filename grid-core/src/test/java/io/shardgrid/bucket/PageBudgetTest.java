package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PageBudgetTest {

  @Test
  void grantsUpToItsLimit() {
    PageBudget budget = PageBudget.of(100);
    assertThat(budget.reserve(60)).isTrue();
    assertThat(budget.reserve(41)).isFalse();
    assertThat(budget.reserve(40)).isTrue();
    assertThat(budget.reservedBytes()).isEqualTo(100);
    budget.release(60);
    assertThat(budget.reservedBytes()).isEqualTo(40);
  }

  @Test
  void refusesUntilAnOverdraftIsGone() {
    PageBudget budget = PageBudget.of(100);
    budget.overdraw(150);
    assertThat(budget.reserve(1)).isFalse();
    budget.release(60);
    assertThat(budget.reserve(10)).isTrue();
  }

  @Test
  void countsWithoutALimit() {
    PageBudget budget = PageBudget.unlimited();
    assertThat(budget.reserve(1L << 60)).isTrue();
    assertThat(budget.reservedBytes()).isEqualTo(1L << 60);
  }

  @Test
  void grantsOfAPartWhatBothHave() {
    PageBudget whole = PageBudget.of(100);
    PageBudget part = PageBudget.part(whole, 60);
    assertThat(part.reserve(61)).isFalse();
    assertThat(part.reserve(50)).isTrue();
    assertThat(whole.reservedBytes()).isEqualTo(50);
    assertThat(whole.reserve(45)).isTrue();
    assertThat(part.reserve(6)).isFalse();
    assertThat(part.reservedBytes()).isEqualTo(50);
    part.overdraw(20);
    assertThat(whole.reservedBytes()).isEqualTo(115);
    part.release(70);
    assertThat(part.reservedBytes()).isZero();
    assertThat(whole.reservedBytes()).isEqualTo(45);
  }

  @Test
  void isNotNegative() {
    assertThatThrownBy(() -> PageBudget.of(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
