package io.shardgrid.node.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.node.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartedNodesTest {

  private static final Duration TIMEOUT = Duration.ofMillis(50);

  private final Path directory;

  StartedNodesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private void folder(String name, ProcessHandle process) throws IOException {
    NodeFolder.create(directory.resolve(name), "shardgrid", Orders.growth(1, 3, 5), Orders.AT)
        .started(KnownProcess.of(process));
  }

  @Test
  void findsThoseThatLive() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    try {
      folder("auto-1-1", process.toHandle());
      Files.createDirectory(directory.resolve("other"));
      try (StartedNodes nodes = StartedNodes.hold(directory, TIMEOUT)) {
        assertThat(nodes.living()).extracting(ProcessHandle::pid).containsExactly(process.pid());
        process.destroyForcibly().waitFor();
        assertThat(nodes.living()).isEmpty();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void letsNobodyStartAnotherMeanwhile() throws IOException {
    try (StartedNodes nodes = StartedNodes.hold(directory, TIMEOUT)) {
      assertThat(nodes.living()).isEmpty();
      assertThat(DirectoryLock.tryTake(directory)).isEmpty();
      assertThatThrownBy(() -> StartedNodes.hold(directory, TIMEOUT))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("Others change the directory all the time");
    }
    StartedNodes.hold(directory, TIMEOUT).close();
  }

  @Test
  void beginsADirectoryThatIsNotThere() {
    Path none = directory.resolve("none");
    try (StartedNodes nodes = StartedNodes.hold(none, TIMEOUT)) {
      assertThat(nodes.living()).isEmpty();
    }
    assertThat(none).isDirectory();
  }
}
