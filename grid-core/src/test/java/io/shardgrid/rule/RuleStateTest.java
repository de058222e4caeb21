package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.RuleException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call begins from the same state, whatever those before it did: in both engines. */
final class RuleStateTest {

  private static final int TIMES = 3;

  @ParameterizedTest
  @EnumSource
  void keepsNothingOfACall(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind, "threads = 1")) {
      Rule rule = rules.load("state");
      for (int i = 0; i < TIMES; i++) {
        assertThat(rules.number(rule, "global")).isEqualTo(9);
        assertThat(rules.number(rule, "memory")).isEqualTo(43);
        assertThat(rules.number(rule, "grown")).isZero();
        assertThat(rules.number(rule, "size")).isEqualTo(1);
        assertThat(rules.number(rule, "filled")).isZero();
        assertThat(rules.number(rule, "table")).isEqualTo(1);
        assertThat(rules.number(rule, "table_grown")).isEqualTo(5);
        assertThat(rules.number(rule, "begun")).isEqualTo(56);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void putsBackWhatIsWrittenAcrossEdges(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind, "threads = 1")) {
      Rule rule = rules.load("state");
      for (int at : new int[] {1020, 1017, 1023, 12_284, 65_528}) {
        assertThat(rules.number(rule, "edge", at)).isZero();
        assertThat(rules.number(rule, "edge", at)).isZero();
      }
      assertThat(rules.number(rule, "edge", 4092)).isEqualTo(5L << 32);
      assertThat(rules.number(rule, "edge", 4092)).isEqualTo(5L << 32);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsNothingOfACallThatFailed(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind, "threads = 1")) {
      Rule rule = rules.load("state");
      assertThatThrownBy(() -> rules.run(rule, "trapped")).isInstanceOf(RuleException.class);
      assertThat(rules.number(rule, "memory")).isEqualTo(43);
    }
  }

  @ParameterizedTest
  @EnumSource
  void beginsWithSegmentsThatWereDropped(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind, "threads = 1")) {
      Rule rule = rules.load("drop");
      for (int i = 0; i < TIMES; i++) {
        assertThat(rules.number(rule, "data")).isEqualTo(0x6463_6261);
        assertThat(rules.number(rule, "elements")).isZero();
      }
    }
  }
}
