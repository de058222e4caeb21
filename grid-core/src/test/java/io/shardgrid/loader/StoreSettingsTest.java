package io.shardgrid.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreSettingsTest {

  private static StoreSettings settings(String line) {
    return StoreSettings.from(
        ConfigFactory.parseString("grid.store { " + line + " }")
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve()
            .getConfig("grid"));
  }

  @Test
  void readsTheReferenceAndMapsOfTheirOwn() {
    StoreSettings settings = settings("maps.cities { writes = behind, ttl = 10 s, stale = 1 s }");
    assertThat(settings.writeTimeout()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(settings.policyOf("other").isWritten()).isFalse();
    StorePolicy cities = settings.policyOf("cities");
    assertThat(cities.writes()).isEqualTo(WriteMode.BEHIND);
    assertThat(cities.queue().delayMillis()).isEqualTo(500);
    assertThat(cities.freshness()).isEqualTo(new StorePolicy.Freshness(10_000, 0.1, 1_000, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loads.at-once-max = 0",
        "loads.queue-max = -1",
        "loads.queue-time = 2 h",
        "loads.timeout = 0 ms",
        "writes.at-once-max = 0",
        "writes.timeout = 0 ms",
        "breaker.window = 0",
        "breaker.failure-share = 0",
        "breaker.failure-share = 1e433",
        "breaker.slow-share = 1.1",
        "breaker.slow = 0 ms",
        "breaker.pause = 2 h",
        "breaker.pause-max = 1 ms",
        "breaker.probes = 0",
        "maps.m.writes = later",
        "maps.m.delay = -1 s",
        "maps.m.batch-max = 0",
        "maps.m.marks-max = 0",
        "maps.m.mark-bytes-max = 0",
        "maps.m.confirm-timeout = 0 ms",
        "maps.m.waiting-max = 0",
        "maps.m.waiting-bytes-max = 0",
        "maps.m.ttl = -1 s",
        "maps.m.ttl = 366 days",
        "maps.m.jitter = -0.1",
        "maps.m.stale = -1 s",
        "maps.m.refresh-ahead = -1 s",
        "maps.m.absent-ttl = -1 s",
        "maps.m.absent-keys-max = -1",
        "maps.m.filter-keys = 0",
        "maps.m.filter-keys = 100000000000"
      })
  void refusesValuesOutOfRange(String line) {
    String key = line.substring(0, line.indexOf(' '));
    assertThatThrownBy(() -> settings(line))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.store." + key);
  }

  @Test
  void refusesToLoadAnewWhatIsNoOlderThanItWasWhenItCame() {
    String fresh = "maps.m { ttl = 10 s, jitter = 0.5, refresh-ahead = %s }";
    assertThatCode(() -> settings(fresh.formatted("4900 ms"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> settings(fresh.formatted("5 s")))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.store.maps.m.refresh-ahead");
  }
}
