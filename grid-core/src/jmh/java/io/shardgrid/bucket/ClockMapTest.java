package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shardgrid.bucket.ClockMap.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClockMapTest {

  private static final long FOREIGN = 1_700_000_000_000_000_000L;

  private final ClockMap clocks =
      new ClockMap(
          List.of(
              new Mark(FOREIGN + 3_000, 1_300),
              new Mark(FOREIGN, 0),
              new Mark(FOREIGN + 1_000, 1_100)));

  @Test
  void keepsMarks() {
    assertThat(clocks.nanos(FOREIGN)).isZero();
    assertThat(clocks.nanos(FOREIGN + 1_000)).isEqualTo(1_100);
    assertThat(clocks.nanos(FOREIGN + 3_000)).isEqualTo(1_300);
  }

  @Test
  void goesStraightFromMarkToMark() {
    assertThat(clocks.nanos(FOREIGN + 500)).isEqualTo(550);
    assertThat(clocks.nanos(FOREIGN + 2_000)).isEqualTo(1_200);
  }

  @Test
  void goesOnBeyondTheMarks() {
    assertThat(clocks.nanos(FOREIGN - 1_000)).isEqualTo(-1_100);
    assertThat(clocks.nanos(FOREIGN + 5_000)).isEqualTo(1_500);
  }

  @Test
  void wantsTwoMarks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClockMap(List.of(new Mark(FOREIGN, 0))));
  }
}
