package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.failure.RuleException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What rules may not do ends, and says how: in both engines. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RuleLimitsTest {

  private static final String[] LOOPS = {
    "loop_plain", "loop_if", "loop_table", "loop_call", "loop_indirect", "loop_fill"
  };

  @ParameterizedTest
  @EnumSource
  void endsEveryLoopAtTheTimeLimit(RuleEngineKind kind) {
    String unlimited = "instructions-max = 1000000000000";
    try (Rules rules = Rules.with(kind, "time-limit = 50 ms", unlimited, "quarantine.failures=0")) {
      Rule rule = rules.load("limits");
      for (String loop : LOOPS) {
        assertExhausted(rules, rule, "grid.rule.time-limit", loop);
      }
      assertExhausted(rules, rule, "grid.rule.time-limit", "tree", 40);
      assertThat(rules.engine().figures().exhausted()).isEqualTo(LOOPS.length + 1);
      assertThat(rules.engine().figures().abandonedThreads()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"loop_if", "loop_table", "loop_plain"})
  void endsALoopAtTheInstructionLimitWhereTheyAreCounted(String loop) {
    try (Rules rules = Rules.with(RuleEngineKind.INTERPRETER, "instructions-max = 100000")) {
      Rule rule = rules.load("limits");
      assertExhausted(rules, rule, "grid.rule.instructions-max (100000)", loop);
      assertThat(rules.number(rule, "i32_result", 3)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsRecursionAtTheStackLimit(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind, "quarantine.failures=0", "instructions-max=10000000000")) {
      Rule rule = rules.load("limits");
      assertExhausted(rules, rule, "grid.rule.stack-bytes", "deep");
      assertExhausted(rules, rule, "grid.rule.stack-bytes", "ping", 1);
      assertExhausted(rules, rule, "grid.rule.stack-bytes", "deep_copy", 2_000_000_000);
      // Whatever the end of the stack broke is not in use any more.
      assertThat(rules.number(rule, "deep_copy", 50)).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @EnumSource
  void growsMemoryUpToTheLimitOnly(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind, "memory-pages-max = 20")) {
      Rule rule = rules.load("limits");
      assertThat(rules.number(rule, "bomb")).isEqualTo(20);
      assertThat(rules.number(rule, "grow", 19)).isEqualTo(1);
      assertThat(rules.number(rule, "grow", 20)).isEqualTo(-1);
      assertThat(rules.number(rule, "grow", -1)).isEqualTo(-1);
      assertThat(rules.number(rule, "grow", 65_536)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void growsTablesUpToTheLimitOnly(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind, "table-elements-max = 100")) {
      Rule rule = rules.load("limits");
      assertThat(rules.number(rule, "grow_table", 96)).isEqualTo(4);
      // Not from where the call before left it.
      assertThat(rules.number(rule, "grow_table", 96)).isEqualTo(4);
      assertThat(rules.number(rule, "grow_table", 97)).isEqualTo(-1);
      assertThat(rules.number(rule, "grow_table", -1)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void trapsWhereWebAssemblyDoes(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind, "quarantine.failures=0")) {
      Rule rule = rules.load("limits");
      assertTrap(rules, rule, "unreachable", "unreachable");
      assertTrap(rules, rule, "divide by zero", "div", 1, 0);
      assertTrap(rules, rule, "overflow", "div", Integer.MIN_VALUE, -1);
      assertTrap(rules, rule, "divide by zero", "rem", 1, 0);
      assertTrap(rules, rule, "out of bounds", "load", 65_533);
      assertTrap(rules, rule, "out of bounds", "load", -1);
      assertTrap(rules, rule, "out of bounds", "load_behind", 1);
      assertTrap(rules, rule, "out of bounds", "load_behind", 0x7FFF_FFFF);
      assertTrap(rules, rule, "out of bounds", "store", 65_529);
      assertTrap(rules, rule, "out of bounds", "fill", 65_000, 1000);
      assertTrap(rules, rule, "out of bounds", "fill", 0, -1);
      assertTrap(rules, rule, "out of bounds", "copy", 0, 65_000, 1000);
      assertTrap(rules, rule, "out of bounds", "copy", 65_000, 0, 1000);
      assertTrap(rules, rule, "uninitialized", "indirect_null");
      assertTrap(rules, rule, "undefined", "indirect_outside");
      assertTrap(rules, rule, "mismatch", "indirect_mismatch");
      assertTrap(rules, rule, "invalid conversion", "trunc");
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersNumbersOfEveryWidth(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind)) {
      Rule rule = rules.load("limits");
      assertThat(rules.number(rule, "i32_result", -1)).isEqualTo(-1);
      assertThat(rules.number(rule, "i32_result", 0xFFFF_FFFFL)).isEqualTo(-1);
      assertThat(rules.number(rule, "i32_result", "12")).isEqualTo(12);
      assertThat(rules.number(rule, "i64_result", Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
      assertThat(rules.number(rule, "many", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).isEqualTo(11);
      assertThat(rules.run(rule, "no_result").value()).isEqualTo(RuleValue.NOTHING);
      assertThat(rules.run(rule, "no_result").effect()).isEqualTo(RuleEffect.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "i32_result, 4294967296",
    "i32_result, -2147483649",
    "i32_result, x",
    "i32_result, 1.5",
    "i64_result, 9223372036854775808",
    "i64_result, ''",
    "div, 1",
    "two_results, 1",
    "float, 1",
    "a_global, 1",
    "absent, 1"
  })
  void refusesCallsThatDoNotFit(String function, String argument) {
    try (Rules rules = Rules.with(RuleEngineKind.COMPILER)) {
      Rule rule = rules.load("limits");
      assertThatThrownBy(() -> rules.run(rule, function, argument))
          .isInstanceOf(InvalidRuleException.class)
          .hasMessageContaining(function);
      assertThat(rules.engine().figures().notRun()).isEqualTo(1);
    }
  }

  private static void assertTrap(
      Rules rules, Rule rule, String cause, String function, Object... arguments) {
    RuleException failure = failure(rules, rule, function, arguments);
    assertThat(failure.reason()).as(function).isEqualTo(RuleException.Reason.TRAPPED);
    assertThat(failure)
        .hasMessageContaining("rule=limits, function=" + function)
        .hasMessageContaining(rule.module().hash())
        .hasMessageContaining(", at=function ")
        .hasMessageContaining("(" + function + ")")
        .hasMessageContaining(cause);
    assertThat(String.valueOf(failure.getMessage()).contains("offset 0x"))
        .isEqualTo(rule.engine() == RuleEngineKind.INTERPRETER);
  }

  private static void assertExhausted(
      Rules rules, Rule rule, String limit, String function, Object... arguments) {
    RuleException failure = failure(rules, rule, function, arguments);
    assertThat(failure.reason()).as(function).isEqualTo(RuleException.Reason.EXHAUSTED);
    assertThat(failure).hasMessageContaining(limit).hasMessageContaining("function=" + function);
  }

  private static RuleException failure(
      Rules rules, Rule rule, String function, Object... arguments) {
    return catchThrowableOfType(RuleException.class, () -> rules.run(rule, function, arguments));
  }
}
