package io.shardgrid.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.RuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples, as they are checked in, do what their sources say: in both engines. */
final class RuleExamplesTest {

  private static final Path EXAMPLES =
      Path.of("..", "grid-node", "src", "examples", "rules").toAbsolutePath().normalize();
  private static final long DAY_MILLIS = 86_400_000;

  @ParameterizedTest
  @CsvSource({"c, COMPILER", "c, INTERPRETER", "rust, COMPILER", "rust, INTERPRETER"})
  void scoresAndLimits(String language, RuleEngineKind kind) throws IOException {
    byte[] module = Files.readAllBytes(EXAMPLES.resolve(language).resolve("fraud.wasm"));
    try (Rules rules = Rules.with(kind)) {
      Rule rule = rules.load("fraud", module);
      assertThat(rules.number(rule, "validate_transaction", 1000, 3)).isEqualTo(40);
      assertThat(rules.number(rule, "validate_transaction", "1000", "3")).isEqualTo(40);
      assertThat(rules.number(rule, "validate_transaction", 20, 1)).isEqualTo(5);
      assertThat(rules.number(rule, "validate_transaction", Long.MAX_VALUE, 9)).isEqualTo(100);
      assertThat(rules.number(rule, "validate_transaction", 0, 1)).isEqualTo(100);

      RuleResult first = rules.run(rule, "spend", 30, 100);
      assertThat(Rules.numberOf(first)).isEqualTo(70);
      assertPut(first, "30", Rules.NOW_MILLIS + DAY_MILLIS);
      RuleResult second = rules.run(rule, Rules.call("spend", "30", 5_000, 70, 100));
      assertThat(Rules.numberOf(second)).isZero();
      assertPut(second, "100", 5_000);
      assertThatThrownBy(() -> rules.run(rule, Rules.call("spend", "30", 0, 71, 100)))
          .isInstanceOf(RuleException.class)
          .hasMessageEndingWith("reason=beyond the limit");
      assertThatThrownBy(() -> rules.run(rule, Rules.call("spend", "no number", 0, 1, 100)))
          .hasMessageEndingWith("reason=the entry is no sum");
      if (language.equals("rust")) {
        RuleValue.Bytes greeting = (RuleValue.Bytes) rules.run(rule, "greet", "hello").value();
        assertThat(new String(greeting.value(), UTF_8)).isEqualTo("hello account:1");
      }
    }
  }

  private static void assertPut(RuleResult result, String value, long deadlineMillis) {
    RuleEffect.Put put = (RuleEffect.Put) result.effect();
    assertThat(new String(put.value(), UTF_8)).isEqualTo(value);
    assertThat(put.deadlineMillis()).isEqualTo(deadlineMillis);
  }
}
