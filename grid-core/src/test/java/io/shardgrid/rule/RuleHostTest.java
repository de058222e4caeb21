package io.shardgrid.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.RuleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the functions of the host do, as the page on rules says: in both engines. */
@ParameterizedClass
@EnumSource
final class RuleHostTest {

  private final Rules rules;
  private final Rule rule;

  RuleHostTest(RuleEngineKind kind) {
    rules = Rules.with(kind, "quarantine.failures = 0");
    rule = rules.load("host");
  }

  @AfterEach
  void close() {
    rules.close();
  }

  private RuleResult run(String function, Object... arguments) {
    return rules.run(rule, function, arguments);
  }

  private RuleResult runWith(String value, String function, Object... arguments) {
    return rules.run(rule, Rules.call(function, value, 5_000_000, arguments));
  }

  private static String text(RuleResult result) {
    return new String(((RuleValue.Bytes) result.value()).value(), UTF_8);
  }

  private static void assertPut(RuleResult result, String value, long deadlineMillis) {
    assertThat(result.effect()).isInstanceOf(RuleEffect.Put.class);
    RuleEffect.Put put = (RuleEffect.Put) result.effect();
    assertThat(new String(put.value(), UTF_8)).isEqualTo(value);
    assertThat(put.deadlineMillis()).isEqualTo(deadlineMillis);
  }

  @Test
  void tellsTheKeyAndTheEntry() {
    assertThat(text(run("key"))).isEqualTo("account:1");
    assertThat(text(runWith("stored", "value"))).isEqualTo("stored");
    assertThat(Rules.numberOf(run("value"))).isEqualTo(-1);
    assertThat(Rules.numberOf(runWith("", "value"))).isZero();
    assertThat(Rules.numberOf(run("version"))).isZero();
    assertThat(Rules.numberOf(runWith("x", "version"))).isEqualTo(12);
    assertThat(Rules.numberOf(runWith("x", "deadline"))).isEqualTo(5_000_000);
    assertThat(Rules.numberOf(run("now"))).isEqualTo(Rules.NOW_MILLIS);
  }

  @Test
  void tellsPartsOfAValue() {
    assertThat(text(runWith("stored", "part", 3, 2))).isEqualTo("ore");
    assertThat(text(runWith("stored", "part", 100, 4))).isEqualTo("ed");
    assertThat(text(runWith("stored", "part", -1, 0))).isEqualTo("stored");
    assertThat(text(runWith("stored", "part", 3, 6))).isEmpty();
    assertThat(text(runWith("stored", "part", 3, -1))).isEmpty();
  }

  @Test
  void tellsArgumentsBehindTheParameters() {
    assertThat(Rules.numberOf(run("count", 1))).isZero();
    assertThat(Rules.numberOf(run("count", 1, "a", 2))).isEqualTo(2);
    assertThat(text(run("arg", 0, "first", 2))).isEqualTo("first");
    assertThat(text(run("arg", 1, "first", -25))).isEqualTo("-25");
    assertThat(Rules.numberOf(run("arg", 2, "first", 2))).isEqualTo(-1);
    assertThat(Rules.numberOf(run("arg", -1, "first", 2))).isEqualTo(-1);
  }

  @Test
  void replacesAndRemovesTheEntry() {
    assertThat(run("now").effect()).isEqualTo(RuleEffect.NONE);
    assertPut(run("set"), "hello", 0);
    assertPut(runWith("old", "set"), "hello", 5_000_000);
    assertPut(runWith("old", "set_twice"), "hello", 5_000_000);
    assertThat(text(runWith("old", "set_read"))).isEqualTo("hello");
    assertThat(runWith("old", "delete").effect()).isEqualTo(RuleEffect.DELETE);
    assertThat(Rules.numberOf(runWith("old", "delete"))).isEqualTo(1);
    assertThat(run("delete").effect()).isEqualTo(RuleEffect.NONE);
    assertThat(Rules.numberOf(run("delete"))).isZero();
    assertThat(run("set_delete").effect()).isEqualTo(RuleEffect.NONE);
    assertThat(runWith("old", "set_delete").effect()).isEqualTo(RuleEffect.DELETE);
    assertPut(runWith("old", "delete_set"), "hello", 0);
  }

  @Test
  void endsTheEntryInTime() {
    assertPut(runWith("old", "expire", 500), "old", Rules.NOW_MILLIS + 500);
    assertPut(runWith("old", "expire", 0), "old", 0);
    assertPut(runWith("old", "expire", Long.MAX_VALUE), "old", Long.MAX_VALUE);
    assertPut(run("set_expire", 500), "hello", Rules.NOW_MILLIS + 500);
    assertThat(Rules.numberOf(run("expire", 500))).isZero();
    assertThat(run("expire", 500).effect()).isEqualTo(RuleEffect.NONE);
    assertFails(RuleException.Reason.TRAPPED, "negative", "expire", -1);
  }

  @Test
  void endsWithTheWordsOfARefusal() {
    assertFails(RuleException.Reason.REFUSED, "reason=no, thanks", "fail");
    assertFails(RuleException.Reason.TRAPPED, "unreachable", "set_trap");
    assertFails(RuleException.Reason.TRAPPED, "abort: bad, line=7, column=3", "abort");
    assertFails(RuleException.Reason.TRAPPED, "abort: no message", "abort_outside");
  }

  @ParameterizedTest
  @ValueSource(strings = {"set_outside", "result_outside", "log_outside", "fail_outside"})
  void trapsWhereARangeIsOutsideOfTheMemory(String function) {
    int[][] ranges = {{65_536, 1}, {65_535, 2}, {-1, 1}, {0, -1}, {1, -1}, {-8, 16}, {0, 65_537}};
    for (int[] range : ranges) {
      assertFails(RuleException.Reason.TRAPPED, "out of bounds", function, range[0], range[1]);
    }
  }

  @Test
  void copiesOnlyWhatThereIs() {
    // Three bytes into room for more, up to the end of the memory and beyond.
    assertThat(Rules.numberOf(runWith("abc", "read_outside", 65_533, 1000))).isEqualTo(3);
    RuleCall beyond = Rules.call("read_outside", "abc", 0, 65_534, 1000);
    assertThatThrownBy(() -> rules.run(rule, beyond)).hasMessageContaining("out of bounds");
  }

  @Test
  void refusesValuesThatAreTooLong() {
    assertThat(((RuleEffect.Put) run("large", 8 << 20).effect()).value()).hasSize(8 << 20);
    assertFails(RuleException.Reason.TRAPPED, "longer than 8388608", "large", (8 << 20) + 1);
  }

  private void assertFails(
      RuleException.Reason reason, String words, String function, Object... arguments) {
    assertThatThrownBy(() -> run(function, arguments))
        .isInstanceOfSatisfying(
            RuleException.class, failure -> assertThat(failure.reason()).isEqualTo(reason))
        .hasMessageContaining(words);
  }
}
