package io.shardgrid.node.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.ScaleOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiServerTlsTest {

  private static final ScaleOrder GROWTH = Orders.growth(1, 3, 5);

  private final Path directory;

  ApiServerTlsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void trustsTheAuthorityOfItsFileAndNoOther() throws Exception {
    Authority known = Authority.makeWithServer(directory.resolve("known"));
    Authority unknown = Authority.makeWithServer(directory.resolve("unknown"));
    Path file = Files.copy(unknown.certificate(), directory.resolve("ca.crt"));
    Files.writeString(directory.resolve("token"), "token-1");
    try (ScaleServer server = ScaleServer.startTls(3, known.server());
        Actuator scale = scale(server, '"' + file.toString() + '"');
        Actuator trustingJava = scale(server, "off")) {
      assertFailed(scale, "PKIX path");
      assertFailed(trustingJava, "PKIX path");
      assertThat(server.requests()).isEmpty();

      // The cluster's authority is renewed while the node runs.
      Files.copy(known.certificate(), file, StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
      assertThat(Orders.carriedOut(scale, GROWTH, List.of()))
          .isInstanceOf(Provision.Accepted.class);
      assertThat(server.replicas()).isEqualTo(5);
    }
  }

  @Test
  void namesTheFileThatHasNoCertificate() throws Exception {
    Path file = Files.writeString(directory.resolve("ca.crt"), "");
    Files.writeString(directory.resolve("token"), "token-1");
    try (ScaleServer server = ScaleServer.start(3);
        Actuator scale = scale(server, '"' + file.toString() + '"')) {
      Provision provision = Orders.carriedOut(scale, GROWTH, List.of());

      assertThat(provision).isInstanceOf(Provision.Refused.class);
      assertThat(provision.toString()).contains("grid.node.provision.kubernetes.ca-file");
    }
  }

  private static void assertFailed(Actuator scale, String said) {
    Provision provision = Orders.carriedOut(scale, GROWTH, List.of());
    assertThat(provision).isInstanceOf(Provision.Failed.class);
    assertThat(provision.toString()).contains(said);
  }

  private Actuator scale(ScaleServer server, String authority) {
    return KubernetesScale.create(
        SettingsOf.provision(
                """
                kind = kubernetes
                kubernetes {
                  server = "https://127.0.0.1:%d", stateful-set = grid, namespace = data
                  token-file = "%s/token", ca-file = %s
                }
                """
                    .formatted(server.port(), directory, authority))
            .kubernetes(),
        name -> null);
  }
}
