package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.wire.Expiry;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {

  private static final long WALL = 5_000;

  @Test
  void resolvesEachRule() {
    assertThat(Deadlines.resolve(Expiry.NEVER, 7_000, WALL)).isEqualTo(BucketMap.NO_DEADLINE);
    assertThat(Deadlines.resolve(Expiry.KEEP, 7_000, WALL)).isEqualTo(7_000);
    assertThat(Deadlines.resolve(Expiry.after(10), 7_000, WALL)).isEqualTo(5_010);
    assertThat(Deadlines.resolve(Expiry.at(6_000), 7_000, WALL)).isEqualTo(6_000);
  }

  @Test
  void knowsWhatIsOverAlready() {
    assertThat(Deadlines.resolve(Expiry.after(0), 0, WALL)).isEqualTo(Deadlines.PAST);
    assertThat(Deadlines.resolve(Expiry.after(-1), 0, WALL)).isEqualTo(Deadlines.PAST);
    assertThat(Deadlines.resolve(Expiry.at(WALL), 0, WALL)).isEqualTo(Deadlines.PAST);
    assertThat(Deadlines.resolve(Expiry.at(0), 0, WALL)).isEqualTo(Deadlines.PAST);
  }

  @Test
  void endsAtTheFarthestDeadlineThereIs() {
    assertThat(Deadlines.resolve(Expiry.after(Long.MAX_VALUE), 0, WALL)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void takesNoDeadlineForNeverPast() {
    assertThat(Deadlines.isPast(BucketMap.NO_DEADLINE, WALL)).isFalse();
    assertThat(Deadlines.isPast(WALL, WALL)).isTrue();
    assertThat(Deadlines.isPast(WALL + 1, WALL)).isFalse();
  }
}
