package io.shardgrid.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SwitchPausesTest {

  @Test
  void saysThatThereWereNone() {
    assertThat(new SwitchPauses(List.of(), 7).lines()).containsExactly("no primary was switched");
  }

  @Test
  void showsPercentilesAndAHistogram() {
    List<Long> micros = new ArrayList<>();
    for (long pause = 1; pause <= 100; pause++) {
      micros.add(pause * 100);
    }
    micros.add(300_000L);
    assertThat(new SwitchPauses(micros, 170).lines())
        .containsExactly(
            "pauses at 101 switches of primaries (of the last 170 moves): p50 5.1, p90 9.1, p99"
                + " 10.0, max 300.0 ms",
            "of these, in ms: <= 1: 10, <= 2: 10, <= 5: 30, <= 10: 50, <= 20: 0, <= 50: 0, <= 100:"
                + " 0, <= 250: 0, more: 1");
  }
}
