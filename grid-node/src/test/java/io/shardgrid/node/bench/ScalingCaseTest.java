package io.shardgrid.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScalingCaseTest {

  @Test
  void differsFromTheFirstInOneThing() {
    ScalingCase first = ScalingCase.FIRST;
    assertThat(ScalingCase.ALL).startsWith(first);
    assertThat(ScalingCase.ALL.subList(1, ScalingCase.ALL.size()))
        .allSatisfy(
            one -> {
              int others = one.shards() == first.shards() ? 0 : 1;
              others += one.maps() == first.maps() ? 0 : 1;
              others += one.valueBytes() == first.valueBytes() ? 0 : 1;
              assertThat(others).isEqualTo(1);
            });
  }

  @Test
  void hasFewerEntriesWhereTheyWouldBeTooManyBytes() {
    ScalingCase large = new ScalingCase("large", 256, 1, 64 << 10);
    assertThat(large.entries(100_000)).isEqualTo(4_096);
    assertThat(ScalingCase.FIRST.entries(100_000)).isEqualTo(100_000);
  }

  @Test
  void isToldByItsArguments() {
    assertThat(ScalingCase.FIRST.arguments(10))
        .containsExactly("--shards", "256", "--maps", "1", "--value", "100", "--entries", "10");
  }
}
