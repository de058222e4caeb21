package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TraceExportSettingsTest {

  private static TraceExportSettings with(String changed) {
    return TraceExportSettings.from(
        ConfigFactory.parseString("grid.node.trace { " + changed + " }")
            .withFallback(ConfigFactory.defaultReference())
            .getConfig("grid"));
  }

  @Test
  void areOffUnlessSomebodyIsNamedWhoTakesSpans() {
    assertThat(with("").endpoint()).isEmpty();
    TraceExportSettings on = with("endpoint = \"http://127.0.0.1:4318\", interval = 100 ms");
    assertThat(on.endpoint()).contains(URI.create("http://127.0.0.1:4318"));
    assertThat(on.interval()).isEqualTo(Duration.ofMillis(100));
    assertThat(on.authority()).isEmpty();
    assertThat(on.authorizationFile()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          endpoint = "127.0.0.1:4318"     | endpoint
          endpoint = "ftp://127.0.0.1"    | endpoint
          endpoint = "http:///v1/traces"  | endpoint
          endpoint = "http://a b"         | endpoint
          timeout = 1 ms                  | timeout
          interval = 2 minutes            | interval
          queue-max = 0                   | queue-max
          batch-max = 5000                | batch-max
          """)
  void nameTheKeyOfWhatIsWrong(String changed, String key) {
    assertThatThrownBy(() -> with(changed))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.node.trace." + key);
  }
}
