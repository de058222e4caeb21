package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleSettingsTest {

  @Test
  void readsTheReference() {
    RuleSettings settings = Rules.settings();
    assertThat(settings.enabled()).isTrue();
    assertThat(settings.engine()).isEqualTo(RuleEngineKind.COMPILER);
    assertThat(settings.moduleBytesMax()).isEqualTo(1 << 20);
    assertThat(settings.timeLimit()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(settings.stackBytes()).isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine = jit",
        "module-bytes-max = 1 GiB",
        "modules-max = 0",
        "load-timeout = 0 ms",
        "memory-pages-max = 65536",
        "table-elements-max = 0",
        "time-limit = 2 minutes",
        "instructions-max = 0",
        "stack-bytes = 1 KiB",
        "threads = 0",
        "threads = many",
        "queue-max = 0",
        "instances-max = 0",
        "abandon-after = 0 ms",
        "abandoned-max = -1",
        "log-lines-per-second = -1",
        "quarantine.failures = -1",
        "quarantine.calls = 9"
      })
  void refusesValuesOutOfRange(String line) {
    String key = line.substring(0, line.indexOf(' '));
    assertThatThrownBy(() -> Rules.settings(line))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining(key);
  }
}
