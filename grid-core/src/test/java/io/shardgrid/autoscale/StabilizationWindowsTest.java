package io.shardgrid.autoscale;

import static io.shardgrid.autoscale.Samples.NOW;
import static io.shardgrid.autoscale.Samples.recommended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StabilizationWindowsTest {

  @Test
  void shrinksToTheMostThatWasRecommended() {
    List<Recommendation> history = List.of(recommended(9, 200), recommended(5, 60));
    assertThat(windows(0, 180).stabilized(100, 3, history, NOW)).isEqualTo(5);
    assertThat(windows(0, 201).stabilized(100, 3, history, NOW)).isEqualTo(9);
  }

  @Test
  void growsToTheLeastThatWasRecommended() {
    List<Recommendation> history = List.of(recommended(4, 120), recommended(5, 60));
    assertThat(windows(300, 0).stabilized(1, 7, history, NOW)).isEqualTo(4);
    assertThat(windows(100, 0).stabilized(1, 7, history, NOW)).isEqualTo(5);
  }

  @Test
  void countsWhatIsYoungerThanTheWindowAndNotWhatIsAsOld() {
    List<Recommendation> history = List.of(recommended(9, 60));
    assertThat(windows(0, 60).stabilized(10, 3, history, NOW)).isEqualTo(3);
    assertThat(windows(0, 61).stabilized(10, 3, history, NOW)).isEqualTo(9);
  }

  @Test
  void changesNothingWhenThePresentSizeLiesBetween() {
    List<Recommendation> history = List.of(recommended(2, 10), recommended(8, 20));
    assertThat(windows(60, 60).stabilized(5, 6, history, NOW)).isEqualTo(5);
    assertThat(windows(60, 60).stabilized(5, 4, history, NOW)).isEqualTo(5);
  }

  @Test
  void doesAsIsDesiredWithoutAWindow() {
    List<Recommendation> history = List.of(recommended(2, 0), recommended(8, 0));
    assertThat(StabilizationWindows.NONE.stabilized(5, 3, history, NOW)).isEqualTo(3);
    assertThat(StabilizationWindows.NONE.stabilized(5, 7, history, NOW)).isEqualTo(7);
  }

  @Test
  void holdsTheSizeThatIsFoundAtTheStartForAWholeWindow() {
    ScaleHistory history = ScaleHistory.startingWith(5, NOW);
    StabilizationWindows windows = windows(0, 300);
    assertThat(windows.stabilized(5, 3, history.recommendations(), NOW.plusSeconds(299)))
        .isEqualTo(5);
    assertThat(windows.stabilized(5, 3, history.recommendations(), NOW.plusSeconds(300)))
        .isEqualTo(3);
  }

  @Test
  void refusesWindowsThatMakeNoSense() {
    assertThatThrownBy(() -> windows(-1, 0)).isInstanceOf(GridConfigException.class);
    assertThatThrownBy(() -> windows(0, 8 * 86_400)).isInstanceOf(GridConfigException.class);
  }

  private static StabilizationWindows windows(long up, long down) {
    return new StabilizationWindows(Duration.ofSeconds(up), Duration.ofSeconds(down));
  }
}
