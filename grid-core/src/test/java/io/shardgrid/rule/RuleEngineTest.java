package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.RuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Modules are loaded once, calls run beside each other, and what fails too often is quarantined.
 */
final class RuleEngineTest {

  private static final int CALLS = 2_000;

  @ParameterizedTest
  @EnumSource
  void runsCallsBesideEachOther(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind, "threads = 4")) {
      Rule host = rules.load("host");
      Rule state = rules.load("state");
      List<CompletableFuture<RuleResult>> counts = new ArrayList<>();
      List<CompletableFuture<RuleResult>> values = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        counts.add(rules.begin(state, Rules.call("memory", null, 0)));
        values.add(rules.begin(host, Rules.call("value", "value " + i, 0)));
      }
      for (int i = 0; i < CALLS; i++) {
        assertThat(Rules.numberOf(Rules.await(counts.get(i)))).isEqualTo(43);
        RuleValue.Bytes value = (RuleValue.Bytes) Rules.await(values.get(i)).value();
        assertThat(value.value()).asString().isEqualTo("value " + i);
      }
      assertThat(rules.engine().figures().completed()).isEqualTo(2L * CALLS);
    }
  }

  @Test
  void compilesAModuleOnceHoweverManyAskForIt() {
    try (Rules rules = Rules.with(RuleEngineKind.COMPILER, "modules-max = 2")) {
      byte[] module = Rules.module("state");
      List<CompletableFuture<Rule>> asked = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        asked.add(rules.engine().load("rule" + i, module.clone()).toCompletableFuture());
      }
      CompiledRule first = Rules.await(asked.get(0)).compiled();
      assertThat(asked).allMatch(rule -> Rules.await(rule).compiled() == first);
      assertThat(rules.engine().figures().loaded()).isEqualTo(1);
      // Two others push it out of the cache; who has the rule goes on with it.
      Rule kept = Rules.await(asked.get(3));
      rules.load("limits");
      rules.load("host");
      assertThat(rules.engine().figures().modules()).isEqualTo(2);
      assertThat(rules.number(kept, "global")).isEqualTo(9);
      assertThat(rules.load("state").compiled()).isNotSameAs(first);
    }
  }

  @Test
  void quarantinesWhatFailsTooOften() {
    String[] strict = {"quarantine.failures = 3", "quarantine.calls = 10"};
    try (Rules rules = Rules.with(RuleEngineKind.COMPILER, strict)) {
      Rule rule = rules.load("limits");
      Rule other = rules.load("other", Rules.module("limits"));
      for (int i = 0; i < 3; i++) {
        assertThat(rules.number(rule, "i32_result", 1)).isEqualTo(1);
        assertReason(rules, rule, RuleException.Reason.TRAPPED, "unreachable");
      }
      assertThat(rule.quarantined())
          .hasValueSatisfying(
              why -> assertThat(why).startsWith("3 of the last 5 calls").contains("unreachable"));
      assertReason(rules, rule, RuleException.Reason.QUARANTINED, "i32_result", 1);
      assertThat(rules.engine().figures().quarantined()).isEqualTo(1);
      assertThat(rules.number(other, "i32_result", 1)).isEqualTo(1);
      assertThat(rules.number(rules.load("limits"), "i32_result", 1)).isEqualTo(1);
      rule.release();
      assertThat(rules.number(rule, "i32_result", 1)).isEqualTo(1);
    }
  }

  @Test
  void quarantinesNothingThatOnlySaysNo() {
    try (Rules rules = Rules.with(RuleEngineKind.COMPILER, "quarantine.failures = 1")) {
      Rule rule = rules.load("host");
      assertReason(rules, rule, RuleException.Reason.REFUSED, "fail");
      assertReason(rules, rule, RuleException.Reason.REFUSED, "fail");
      assertThat(rule.quarantined()).isEmpty();
      assertThat(rules.engine().figures().refused()).isEqualTo(2);
    }
  }

  @Test
  void runsOthersBesideARuleThatLoops() {
    try (Rules rules = Rules.with(RuleEngineKind.COMPILER, "threads = 2")) {
      Rule rule = rules.load("limits");
      CompletableFuture<RuleResult> loop = rules.begin(rule, Rules.call("loop_plain", null, 0));
      for (int i = 0; i < CALLS; i++) {
        assertThat(rules.number(rule, "i32_result", i)).isEqualTo(i);
      }
      assertThat(loop).isNotDone();
    }
  }

  @Test
  void refusesWhatIsTooMuch() {
    String[] small = {"threads = 1", "queue-max = 1", "time-limit = 200 ms"};
    try (Rules rules = Rules.with(RuleEngineKind.COMPILER, small)) {
      Rule rule = rules.load("limits");
      List<CompletableFuture<RuleResult>> begun = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        begun.add(rules.begin(rule, Rules.call("loop_plain", null, 0)));
      }
      assertThatThrownBy(() -> Rules.await(begun.get(9)))
          .isInstanceOf(GridOverloadedException.class);
      assertThatThrownBy(() -> Rules.await(begun.get(0))).isInstanceOf(RuleException.class);
    }
  }

  @Test
  void doesNotRunWhatNobodyWaitsForAnyMore() {
    try (Rules rules = Rules.with(RuleEngineKind.COMPILER)) {
      Rule rule = rules.load("limits");
      RuleCall call = Rules.call("no_result", null, 0);

      assertThatThrownBy(() -> Rules.await(rules.begin(rule, call, System.nanoTime() - 1)))
          .isInstanceOf(GridTimeoutException.class)
          .hasMessageContaining("function=no_result");

      assertThat(rules.engine().figures().late()).isEqualTo(1);
      assertThat(rules.engine().figures().completed()).isZero();
    }
  }

  @Test
  void refusesAllWhenItIsClosedOrSwitchedOff() {
    Rules rules = Rules.with(RuleEngineKind.COMPILER);
    Rule rule = rules.load("limits");
    rules.close();
    assertThatThrownBy(() -> rules.run(rule, "no_result"))
        .isInstanceOf(GridUnavailableException.class);
    assertThatThrownBy(() -> rules.load("host")).isInstanceOf(GridUnavailableException.class);
    try (Rules off = Rules.with(RuleEngineKind.COMPILER, "enabled = off")) {
      assertThatThrownBy(() -> off.load("host"))
          .isInstanceOf(GridUnavailableException.class)
          .hasMessageContaining("grid.rule.enabled");
    }
  }

  @Test
  void logsNoMoreThanItsPace() {
    var said = new ListAppender<ILoggingEvent>();
    Logger log = (Logger) LoggerFactory.getLogger("io.shardgrid.rule.log");
    said.start();
    log.addAppender(said);
    log.setAdditive(false);
    log.setLevel(Level.INFO);
    try (Rules rules = Rules.with(RuleEngineKind.COMPILER, "log-lines-per-second = 20")) {
      Rule rule = rules.load("host");
      rules.run(rule, "log");
      for (int i = 0; i < 50; i++) {
        rules.run(rule, "log_flood", 100_000);
      }
      List<String> lines = said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
      assertThat(lines).first().asString().isEqualTo("rule=host, droppedBefore=0: hello");
      assertThat(lines).contains("rule=host, droppedBefore=0: (99984 more lines of this call)");
      // A control character is no line's end.
      assertThat(lines).contains("rule=host, droppedBefore=0: no, thanks ");
      assertThat(lines).hasSizeLessThan(20 + 20 * 60);
      assertThat(lines.size()).isLessThan(50 * (HostCall.LOG_LINES_MAX + 1));
    } finally {
      log.detachAppender(said);
      log.setAdditive(true);
      log.setLevel(null);
    }
  }

  private static void assertReason(
      Rules rules, Rule rule, RuleException.Reason reason, String function, Object... arguments) {
    assertThatThrownBy(() -> rules.run(rule, function, arguments))
        .isInstanceOfSatisfying(
            RuleException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.code().toException("x"))
                  .isInstanceOfSatisfying(
                      RuleException.class, told -> assertThat(told.reason()).isEqualTo(reason));
            });
  }
}
