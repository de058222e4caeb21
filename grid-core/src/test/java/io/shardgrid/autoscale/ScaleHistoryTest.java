package io.shardgrid.autoscale;

import static io.shardgrid.autoscale.Samples.NOW;
import static io.shardgrid.autoscale.Samples.changed;
import static io.shardgrid.autoscale.Samples.recommended;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScaleHistoryTest {

  @Test
  void beginsWithTheSizeThatItFinds() {
    assertThat(ScaleHistory.startingWith(5, NOW).recommendations())
        .containsExactly(new Recommendation(5, NOW));
  }

  @Test
  void keepsChangesAndNothingThatIsNone() {
    ScaleHistory history = ScaleHistory.NONE.scaled(3, 5, NOW).scaled(5, 5, NOW).scaled(5, 4, NOW);
    assertThat(history.events()).containsExactly(changed(2, 0), changed(-1, 0));
  }

  @Test
  void forgetsWhatIsOfNoUse() {
    ScaleHistory history =
        new ScaleHistory(
            List.of(recommended(5, 60), recommended(6, 59)),
            List.of(changed(1, 60), changed(2, 59)));
    assertThat(history.pruned(Duration.ofSeconds(60), NOW))
        .isEqualTo(new ScaleHistory(List.of(recommended(6, 59)), List.of(changed(2, 59))));
  }

  @Test
  void countsWhatSeemsToBeStillToComeFromNowOn() {
    ScaleHistory history =
        new ScaleHistory(List.of(recommended(5, 9), recommended(6, -9)), List.of(changed(1, -9)));
    assertThat(history.withoutFuture(NOW))
        .isEqualTo(
            new ScaleHistory(
                List.of(recommended(5, 9), recommended(6, 0)), List.of(changed(1, 0))));
  }

  @Test
  void hasABound() {
    ScaleHistory history = ScaleHistory.NONE;
    for (int entry = 0; entry < 5_000; entry++) {
      history = history.recommended(entry, NOW);
    }
    assertThat(history.recommendations()).hasSize(4_096).endsWith(new Recommendation(4_999, NOW));
  }
}
