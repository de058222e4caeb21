package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceiverLoginTest {

  private final Path file;
  private final ReceiverLogin login;

  ReceiverLoginTest(@TempDir Path directory) {
    this.file = directory.resolve("login");
    this.login = new ReceiverLogin(Optional.of(file));
  }

  @Test
  void readsTheFileForEachDelivery() throws Exception {
    Files.writeString(file, "Bearer a\n");
    assertThat(login.get()).isEqualTo(Map.of("Authorization", "Bearer a"));
    Files.writeString(file, "Basic Yjpj\n");
    assertThat(login.get()).isEqualTo(Map.of("Authorization", "Basic Yjpj"));
    assertThat(new ReceiverLogin(Optional.empty()).get()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer a\nX-Other: b", "Bearer \u00e9", "Bearer\ta"})
  void namesTheFileAndNothingOfWhatIsInIt(String content) throws Exception {
    Files.writeString(file, content);
    assertThatThrownBy(login::get)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("grid.node.trace.authorization-file=" + file);
  }
}
