package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shardgrid.bucket.Pauses.Pause;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PausesTest {

  private final Pauses pauses =
      Pauses.of(List.of(new Pause(500, 600), new Pause(100, 200), new Pause(150, 250)));

  @Test
  void joinsPausesThatOverlap() {
    assertThat(pauses.count()).isEqualTo(2);
    assertThat(pauses.sumNanos()).isEqualTo(150 + 100);
  }

  @Test
  void joinsAPauseInsideAnother() {
    Pauses nested = Pauses.of(List.of(new Pause(0, 100), new Pause(20, 30), new Pause(100, 110)));
    assertThat(nested.count()).isEqualTo(1);
    assertThat(nested.sumNanos()).isEqualTo(110);
  }

  @Test
  void measuresWhatOverlaps() {
    assertThat(pauses.overlapNanos(0, 100)).isZero();
    assertThat(pauses.overlapNanos(0, 101)).isEqualTo(1);
    assertThat(pauses.overlapNanos(240, 510)).isEqualTo(10 + 10);
    assertThat(pauses.overlapNanos(0, 1_000)).isEqualTo(250);
    assertThat(pauses.overlapNanos(120, 130)).isEqualTo(10);
    assertThat(pauses.overlapNanos(600, 700)).isZero();
  }

  @Test
  void touchesWhatIsNearerThanTheTolerance() {
    assertThat(pauses.touch(300, 400, 0)).isFalse();
    assertThat(pauses.touch(300, 400, 51)).isTrue();
    assertThat(pauses.touch(300, 400, 50)).isFalse();
    assertThat(pauses.touch(601, 700, 2)).isTrue();
    assertThat(pauses.touch(0, 99, 2)).isTrue();
    assertThat(pauses.touch(0, 1_000, 0)).isTrue();
  }

  @Test
  void touchesNothingWithoutPauses() {
    Pauses none = Pauses.of(List.of());
    assertThat(none.touch(0, Long.MAX_VALUE / 2, 10)).isFalse();
    assertThat(none.overlapNanos(0, 10)).isZero();
  }

  @Test
  void refusesAPauseThatEndsBeforeItStarts() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pause(2, 1));
  }
}
