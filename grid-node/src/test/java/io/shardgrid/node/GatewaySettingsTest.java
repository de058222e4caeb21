package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.client.mirror.MirrorMode;
import io.shardgrid.failure.GridConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a gateway is set. */
final class GatewaySettingsTest {

  private static final Map<String, Object> BOTH =
      Map.of(
          "grid.gateway.production.seeds", List.of("127.0.0.1:7171"),
          "grid.gateway.canary.seeds", List.of("127.0.0.1:7181"));

  @Test
  void hasPortsOfItsOwnAndTwoClusters() {
    GatewaySettings settings = GatewaySettings.load(null, BOTH);

    assertThat(settings.node().resp().port()).isEqualTo(7271);
    assertThat(settings.node().admin().port()).isEqualTo(8271);
    assertThat(settings.production().seeds()).containsExactly("127.0.0.1:7171");
    assertThat(settings.canary().seeds()).containsExactly("127.0.0.1:7181");
    assertThat(settings.mirror().mode()).isEqualTo(MirrorMode.SHADOW);
  }

  @Test
  void wantsBothClusters() {
    assertThatThrownBy(() -> GatewaySettings.load(null, Map.of()))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.gateway.production.seeds");
  }

  @Test
  void readsWhatDiffersBetweenTheClusters(@TempDir Path directory) throws IOException {
    Path password = Files.writeString(directory.resolve("password"), "secret\n");
    Path file =
        Files.writeString(
            directory.resolve("gateway.conf"),
            """
            grid.gateway {
              production { seeds = ["a:1"], user = mirror, password-file = "%s" }
              canary { seeds = ["b:2"] }
            }
            grid.client.mirror { mode = canary, dye.percent = 5 }
            """
                .formatted(password.toString().replace('\\', '/')));

    GatewaySettings settings = GatewaySettings.load(file, Map.of("grid.gateway.port", 0));

    assertThat(settings.production().credentials().login()).isNotNull();
    assertThat(settings.canary().credentials().login()).isNull();
    assertThat(settings.mirror().dye().percent()).isEqualTo(5);
    assertThat(settings.mirror().mode()).isEqualTo(MirrorMode.CANARY);
    assertThat(settings.node().resp().port()).isZero();
  }

  @Test
  void namesAKeyThatThereIsNot() {
    assertThatThrownBy(() -> GatewaySettings.load(null, Map.of("grid.gateway.canari.seeds", 1)))
        .hasMessageContaining("grid.gateway.canari");
  }
}
