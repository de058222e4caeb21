package io.shardgrid.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SilencesTest {

  @Test
  void findsTheLongestSilenceOfOneShardWhileOthersAnswer() {
    List<Sample> samples = List.of(done(0, 10), done(1, 20), done(1, 40), done(1, 70), done(0, 80));

    assertThat(Silences.longestNanos(samples, 2, 0, 90)).isEqualTo(70);
  }

  @Test
  void countsTheEdgesOfItsSpan() {
    assertThat(Silences.longestNanos(List.of(done(0, 30)), 1, 0, 40)).isEqualTo(30);
    assertThat(Silences.longestNanos(List.of(done(0, 10)), 1, 0, 40)).isEqualTo(30);
    assertThat(Silences.longestNanos(List.of(), 1, 0, 40)).isEqualTo(40);
  }

  @Test
  void takesAnErrorForSilence() {
    List<Sample> samples = List.of(done(0, 10), new Sample(15, 20, 0, false), done(0, 30));

    assertThat(Silences.longestNanos(samples, 1, 0, 30)).isEqualTo(20);
  }

  @Test
  void saysWhenTheLastShardAnsweredWhatWasAskedAfterwards() {
    List<Sample> samples =
        List.of(
            new Sample(90, 105, 0, true),
            new Sample(100, 150, 0, true),
            new Sample(101, 110, 1, true),
            new Sample(102, 103, 0, false));

    assertThat(Silences.lastAnswerNanos(samples, 2, 100)).hasValue(50);
    assertThat(Silences.lastAnswerNanos(samples, 3, 100)).isEmpty();
  }

  private static Sample done(int shard, long endNanos) {
    return new Sample(endNanos - 1, endNanos, shard, true);
  }
}
