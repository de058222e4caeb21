package io.shardgrid.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PaceTest {

  @Test
  void isEvenWhateverTheTime() {
    Pace pace = Pace.of(1_000, Pace.Rest.SLEEP);
    pace.begin(5);
    assertThat(LongStream.generate(() -> pace.nextNanos(77)).limit(4))
        .containsExactly(5L, 1_000_005L, 2_000_005L, 3_000_005L);
  }

  @Test
  void followsARateThatRisesAndFalls() {
    Pace pace = Pace.varying(nanos -> nanos < 2_000_000 ? 1_000 : 2_000, Pace.Rest.SLEEP);
    pace.begin(0);
    assertThat(LongStream.generate(() -> pace.nextNanos(77)).limit(5))
        .containsExactly(0L, 1_000_000L, 2_000_000L, 2_500_000L, 3_000_000L);
  }

  @Test
  void isNeverAheadOfAnUnboundedOne() {
    Pace pace = Pace.unbounded();
    assertThat(pace.nextNanos(3)).isEqualTo(3);
    assertThat(pace.nextNanos(9)).isEqualTo(9);
  }

  @Test
  void doesNotReturnBeforeItIsTime() {
    for (Pace.Rest rest : Pace.Rest.values()) {
      Pace pace = Pace.of(1_000, rest);
      long dueNanos = System.nanoTime() + 300_000;
      pace.await(dueNanos);
      assertThat(System.nanoTime() - dueNanos).isNotNegative();
    }
  }
}
