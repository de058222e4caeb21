package io.shardgrid.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TallyTest {

  private final Tally tally = new Tally(2);

  @Test
  void sumsRunsUp() {
    tally.add(course(true, 0, 1_100, 900));
    tally.add(course(true, 2, 1_300, 1_500));
    tally.add(course(true, 0, 1_200, 1_000));
    assertThat(tally.holds()).isTrue();
    assertThat(tally.row().trim().split("\\s{2,}"))
        .containsExactly("2", "3", "3", "2", "1.20, max 1.30", "1.00, max 1.50");
  }

  @Test
  void doesNotHoldIfOneRunDidNot() {
    tally.add(course(true, 0, 1_000, 1_000));
    tally.add(Course.BROKEN);
    assertThat(tally.holds()).isFalse();
    assertThat(tally.row()).contains("1.00, max 1.00");
  }

  private static Course course(boolean holds, int failures, long answered, long slowest) {
    return new Course(
        holds,
        failures,
        OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(answered)),
        TimeUnit.MILLISECONDS.toNanos(slowest));
  }
}
