package io.shardgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GridSettingsTest {

  private static GridSettings from(String hocon) {
    return GridSettings.from(ConfigFactory.parseString(hocon));
  }

  @Test
  void isOneNodeOnLoopbackWithoutAnySetting() {
    GridSettings settings = GridSettings.reference();
    assertThat(settings.engine().member().host()).isEqualTo("127.0.0.1");
    assertThat(settings.engine().member().clusterPort()).isZero();
    assertThat(settings.engine().member().seeds()).isEmpty();
    assertThat(settings.engine().placement().expect()).isEqualTo(1);
  }

  @Test
  void readsWhatIsSetAndTakesTheRestFromTheReference() {
    GridSettings settings = from("grid { name = a, route.timeout = 2s }");
    assertThat(settings.engine().member().name()).isEqualTo("a");
    assertThat(settings.engine().route().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.engine().member().shards()).isEqualTo(256);
  }

  @Test
  void changesOneSettingAtATime() {
    GridSettings settings =
        GridSettings.reference()
            .withRemotePorts(7, 8)
            .withName("b")
            .withSeeds(List.of("127.0.0.1:10171"))
            .withWeight(3);
    assertThat(settings.engine().member().name()).isEqualTo("b");
    assertThat(settings.engine().member().seeds()).containsExactly("127.0.0.1:10171");
    assertThat(settings.engine().member().weight()).isEqualTo(3);
    assertThat(settings.engine().respPort()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grid.shard = 5              | grid.shard",
        "grid.shrads = 5             | grid.shrads",
        "grid.route.timout = 5s      | grid.route.timout",
        "grid.shards = 0             | grid.shards",
        "grid.seeds = [nonsense]     | grid.seeds",
        "grid.cluster-port = 70000   | grid.cluster-port",
        "grid.backups = 6            | grid.backups",
        "grid.replication.lease = 0s | grid.replication.lease",
        "grid.replication.log-bytes-max = 40 MiB | grid.link.frame-bytes-max",
        "grid.drain-timeout = -1s    | grid.drain-timeout",
        "grid.route.timeout = 0s     | grid.route.timeout",
        "grid.route.timeout = soon   | timeout",
        "grid.cluster-secret = short | grid.cluster-secret",
        "grid.cluster-secret-file = /nowhere | grid.cluster-secret-file",
        "grid.cluster-secret-file = \"a\\u0000b\" | grid.cluster-secret-file",
        "grid.tls.enabled = on       | grid.tls.certificate-file",
        "grid.tls.certificate-file = a | grid.tls.key-file",
        "grid.tls.reload-interval = 0s | grid.tls.reload-interval",
        "grid = 1                    | section=grid, cause=String: 1: grid has type NUMBER",
        "grid.name = ${nowhere}      | section=grid, cause=String: 1: Could not resolve",
      })
  void namesTheKeyOfWhatDoesNotFit(String hocon, String key) {
    assertThatThrownBy(() -> from(hocon))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining(key);
  }
}
