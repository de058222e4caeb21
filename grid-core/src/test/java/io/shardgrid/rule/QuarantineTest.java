package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuarantineTest {

  @Test
  void closesAtSoManyFailuresOfTheLastCalls() {
    var quarantine = new Quarantine(3, 10);
    assertThat(quarantine.failed("a")).isFalse();
    assertThat(quarantine.failed("b")).isFalse();
    for (int i = 0; i < 7; i++) {
      quarantine.passed();
    }
    assertThat(quarantine.isClosed()).isFalse();
    assertThat(quarantine.failed("c")).isTrue();
    assertThat(quarantine.reason()).contains("3 of the last 10 calls failed, the last one: c");
    assertThat(quarantine.failed("d")).as("said once").isFalse();
  }

  @Test
  void staysOpenWhereFailuresAreFurtherApart() {
    var quarantine = new Quarantine(3, 10);
    for (int i = 0; i < 100; i++) {
      assertThat(quarantine.failed("a")).isFalse();
      for (int passed = 0; passed < 4; passed++) {
        quarantine.passed();
      }
    }
    assertThat(quarantine.isClosed()).isFalse();
  }

  @Test
  void startsAnewWhenItIsReleased() {
    var quarantine = new Quarantine(2, 10);
    quarantine.failed("a");
    assertThat(quarantine.failed("b")).isTrue();
    quarantine.release();
    assertThat(quarantine.isClosed()).isFalse();
    assertThat(quarantine.failed("c")).isFalse();
    assertThat(quarantine.failed("d")).isTrue();
  }

  @Test
  void countsCallsAndFailuresWhateverIsReleased() {
    for (int failuresMax : new int[] {0, 1, 5}) {
      var quarantine = new Quarantine(failuresMax, 10);
      quarantine.passed();
      quarantine.failed("a");
      quarantine.release();
      quarantine.failed("b");
      assertThat(quarantine.calls()).isEqualTo(3);
      assertThat(quarantine.failures()).isEqualTo(2);
    }
  }

  @Test
  void closesAtTheFirstFailureIfItIsOneTooMany() {
    assertThat(new Quarantine(1, 1).failed("a")).isTrue();
  }

  @Test
  void neverClosesWhereAnyNumberIsRight() {
    var quarantine = new Quarantine(0, 1);
    for (int i = 0; i < 100; i++) {
      assertThat(quarantine.failed("a")).isFalse();
    }
    assertThat(quarantine.isClosed()).isFalse();
  }
}
