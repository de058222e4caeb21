package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.Pauses.Pause;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DurationLogTest {

  private static final long TOLERANCE_NANOS = 1_000;

  private final Pauses pauses = Pauses.of(List.of(new Pause(1_000_000, 1_900_000)));

  @Test
  void leavesOutOnlyWhatAPauseMet() {
    DurationLog log = new DurationLog(8);
    log.record(0, 100);
    log.record(100_000, 150_000);
    log.record(990_000, 2_000_000);
    log.record(2_000_000, 2_020_000);
    assertThat(log.all().getTotalCount()).isEqualTo(4);
    assertThat(log.all().getMaxValue()).isBetween(1_010_000L, 1_011_000L);
    assertThat(log.undisturbed(pauses, TOLERANCE_NANOS).getTotalCount()).isEqualTo(3);
    assertThat(log.undisturbed(pauses, TOLERANCE_NANOS).getMaxValue()).isBetween(50_000L, 50_050L);
  }

  @Test
  void takesPausesOutOfTheLongest() {
    DurationLog log = new DurationLog(8);
    log.record(100_000, 150_000);
    log.record(990_000, 2_000_000);
    assertThat(log.longestNetNanos(pauses)).isEqualTo(110_000);
    assertThat(log.longestNetNanos(Pauses.of(List.of()))).isEqualTo(1_010_000);
  }

  @Test
  void keepsTheSlowestWhenThereAreTooMany() {
    DurationLog log = new DurationLog(2);
    log.record(0, 6_000);
    log.record(10_000, 17_000);
    log.record(990_000, 2_000_000);
    log.record(3_000_000, 3_008_000);
    assertThat(log.thresholdNanos()).isEqualTo(2 * DurationLog.SLOW_NANOS_MIN);
    assertThat(log.all().getTotalCount()).isEqualTo(4);
    assertThat(log.undisturbed(pauses, TOLERANCE_NANOS).getTotalCount()).isEqualTo(3);
    assertThat(log.longestNetNanos(pauses)).isEqualTo(110_000);
  }

  @Test
  void findsTheLongestAmongTheQuick() {
    DurationLog log = new DurationLog(2);
    log.record(5, 47);
    log.record(1_000_000, 1_900_000);
    assertThat(log.longestNetNanos(pauses)).isEqualTo(42);
  }
}
