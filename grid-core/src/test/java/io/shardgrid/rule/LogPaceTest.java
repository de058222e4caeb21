package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LogPaceTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void letsSoManyLinesASecondPass() {
    var pace = new LogPace(10);
    long passed = LongStream.range(0, 1000).filter(i -> pace.passes(i * SECOND / 100)).count();
    // Ten at once, and ten in each of ten seconds.
    assertThat(passed).isBetween(109L, 110L);
    assertThat(pace.takeDropped()).isEqualTo(1000 - passed);
    assertThat(pace.takeDropped()).isZero();
  }

  @Test
  void letsNoMoreThanThatPassAtOnceAfterARest() {
    var pace = new LogPace(10);
    pace.passes(0);
    long later = 3600 * SECOND;
    assertThat(LongStream.range(0, 100).filter(i -> pace.passes(later)).count()).isEqualTo(10);
  }

  @Test
  void letsNonePassAtZero() {
    assertThat(new LogPace(0).passes(SECOND)).isFalse();
  }
}
