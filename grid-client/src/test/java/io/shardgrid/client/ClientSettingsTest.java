package io.shardgrid.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.client.net.Login;
import io.shardgrid.failure.GridConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client's settings. */
final class ClientSettingsTest {

  @Test
  void comeFromTheReferenceWhenNothingIsSet() {
    ClientSettings settings = ClientSettings.from(ConfigFactory.empty());
    assertThat(settings.seeds()).containsExactly("127.0.0.1:7171");
    assertThat(settings.route().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.callbackThreads()).isPositive();
    assertThat(settings).isEqualTo(ClientSettings.load());
  }

  @Test
  void takeWhatIsSet() {
    ClientSettings settings =
        from("connect-timeout = 1 s, connection.threads = 3, route.timeout = 2 s");
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.connection().threads()).isEqualTo(3);
    assertThat(settings.route().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.withSeeds(List.of("a:1")).seeds()).containsExactly("a:1");
  }

  @Test
  void sayWhoTheClientIs(@TempDir Path directory) throws IOException {
    assertThat(from("").credentials().login()).isNull();
    assertThat(from("access.password = secret").credentials().login())
        .isEqualTo(new Login("default", "secret"));
    Path file = Files.writeString(directory.resolve("password"), "one\n");
    ClientSettings settings = from("access { user = alice, password-file = \"" + file + "\" }");
    assertThat(settings.credentials().login()).isEqualTo(new Login("alice", "one"));
    Files.writeString(file, "two\nrest");
    assertThat(settings.credentials().login()).isEqualTo(new Login("alice", "two"));
    Files.delete(file);
    assertThatThrownBy(() -> settings.credentials().login())
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.client.access.password-file");
    assertThat(new Login("alice", "secret").toString()).contains("alice").doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conect-timeout = 1 s | grid.client.conect-timeout",
        "connection.thread = 1 | grid.client.connection.thread",
        "route.timeouts = 1 s | grid.client.route.timeouts",
        "connection = 5 | grid.client.connection",
        "connection.threads = 0 | grid.client.connection.threads",
        "connection.threads = many | threads",
        "connection.silence-max = 1 s | grid.client.connection.silence-max",
        "connection.reconnect-max = 1 ms | grid.client.connection.reconnect-max",
        "connection.batch-bytes = 1 | grid.client.connection.batch-bytes",
        "connection.outbox-bytes-max = 1 | grid.client.connection.outbox-bytes-max",
        "connection.reply-bytes-max = 4 GiB | grid.client.connection.reply-bytes-max",
        "route.window-max = 2000 | grid.client.route.window-max",
        "connect-timeout = soon | connect-timeout",
        "tick-interval = 0 s | grid.client.tick-interval",
        "callback-threads = 0 | grid.client.callback-threads",
        "access.user = alice | grid.client.access.password",
        "access { password = x, password-file = y } | grid.client.access.password-file",
        "access.passwort = x | grid.client.access.passwort",
        "seeds = [] | grid.client.seeds",
      })
  void nameTheKeyThatIsWrong(String text, String key) {
    assertThatThrownBy(() -> from(text))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining(key);
  }

  private static ClientSettings from(String client) {
    return ClientSettings.from(ConfigFactory.parseString("grid.client { " + client + " }"));
  }

  @Test
  void speaksTlsIfItIsSetToOrGivenCertificates() {
    assertThat(ClientSettings.from(ConfigFactory.empty()).tls()).isEmpty();
    ClientSettings on =
        ClientSettings.from(
            ConfigFactory.parseString("grid.client.tls { enabled = on, ca-file = a }"));
    assertThat(on.tls())
        .hasValueSatisfying(tls -> assertThat(tls.caFile()).isEqualTo("a"))
        .hasValueSatisfying(tls -> assertThat(tls.hasIdentity()).isFalse());
    ClientSettings given =
        ClientSettings.from(ConfigFactory.empty())
            .withTls(Optional.of(Path.of("b")), Optional.empty(), Optional.empty());
    assertThat(given.tls()).hasValueSatisfying(tls -> assertThat(tls.caFile()).isEqualTo("b"));
    assertThatThrownBy(
            () ->
                ClientSettings.from(
                    ConfigFactory.parseString("grid.client.tls.certificate-file = a")))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.client.tls.key-file");
  }
}
