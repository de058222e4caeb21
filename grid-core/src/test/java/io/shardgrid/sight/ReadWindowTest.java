package io.shardgrid.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReadWindowTest {

  private static final long START = Long.MAX_VALUE - 5; // clocks of this kind may overflow

  private final ReadWindow window =
      new ReadWindow(START, List.of(new MapReads("old", 1_000, 1_000)));

  private NodeSight.Reads at(int second, MapReads... counts) {
    return window.until(START + Duration.ofSeconds(second).toNanos(), List.of(counts));
  }

  @Test
  void leavesOutWhatWasReadBeforeItBegan() {
    NodeSight.Reads reads = at(3, new MapReads("old", 1_003, 1_001), new MapReads("new", 0, 7));
    assertThat(reads.millis()).isEqualTo(3_000);
    assertThat(reads.maps()).containsExactly(new MapReads("new", 0, 7), new MapReads("old", 3, 1));
  }

  @Test
  void forgetsWhatIsOlderThanAMinute() {
    for (int second = 10; second <= 200; second += 10) {
      NodeSight.Reads reads = at(second, new MapReads("m", second, 0));
      assertThat(reads.millis()).isEqualTo(Math.min(60, second) * 1_000L);
      assertThat(reads.maps()).containsExactly(new MapReads("m", Math.min(60, second), 0));
    }
  }

  @Test
  void keepsNoMoreThanItNeedsHoweverOftenItIsAsked() {
    for (int second = 0; second < 300; second++) {
      assertThat(at(second, new MapReads("m", 0, second)).millis()).isLessThanOrEqualTo(60_000);
    }
    assertThat(at(300, new MapReads("m", 0, 300)).millis()).isBetween(55_000L, 60_000L);
  }

  @Test
  void namesOnlyMapsThatWereReadAndNotTooMany() {
    assertThat(at(20, new MapReads("old", 1_000, 1_000)).maps()).isEmpty();
    MapReads[] many =
        IntStream.rangeClosed(1, 500)
            .mapToObj(i -> new MapReads("m" + i, i, 0))
            .toArray(MapReads[]::new);
    assertThat(at(30, many).maps()).hasSize(NodeSight.MAPS_MAX).first().isEqualTo(many[499]);
  }
}
