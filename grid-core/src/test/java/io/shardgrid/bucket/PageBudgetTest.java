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
  void isNotNegative() {
    assertThatThrownBy(() -> PageBudget.of(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
