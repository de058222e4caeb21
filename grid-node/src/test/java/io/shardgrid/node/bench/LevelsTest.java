package io.shardgrid.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LevelsTest {

  @Test
  void areHundredthsOfTheCapacity() {
    assertThat(new Levels(0, List.of(10, 50, 90)).of(2_000))
        .containsExactly(
            new Levels.Level("10 %", 200),
            new Levels.Level("50 %", 1_000),
            new Levels.Level("90 %", 1_800));
  }

  @Test
  void neverAskForLessThanOneOperationASecond() {
    assertThat(new Levels(0, List.of(10)).of(3)).containsExactly(new Levels.Level("10 %", 1));
  }

  @Test
  void areOneForAFixedRate() {
    Levels fixed = new Levels(7_000, List.of(10, 50, 90));
    assertThat(fixed.areOfCapacity()).isFalse();
    assertThat(fixed.of(0)).containsExactly(new Levels.Level("open loop", 7_000));
  }
}
