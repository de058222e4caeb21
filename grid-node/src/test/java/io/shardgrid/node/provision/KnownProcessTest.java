package io.shardgrid.node.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class KnownProcessTest {

  @Test
  void isFoundWhileItLives() throws Exception {
    Process sleep = new ProcessBuilder("sleep", "600").start();
    KnownProcess known = KnownProcess.of(sleep.toHandle());
    assertThat(known.living()).contains(sleep.toHandle());

    sleep.destroyForcibly();
    assertThat(sleep.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(known.living()).isEmpty();
  }

  @Test
  void isNotTakenForALaterOneOfTheSameNumber() {
    KnownProcess self = KnownProcess.of(ProcessHandle.current());
    assertThat(self.living()).isPresent();

    assertThat(new KnownProcess(self.pid(), self.started().minus(Duration.ofMinutes(1))).living())
        .isEmpty();
  }

  @Test
  void hasEndedThoughItsParentDoesNotAsk() throws Exception {
    // The shell starts a child and becomes a program that never asks for it.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    try {
      long pid = Long.parseLong(parent.inputReader().readLine());
      KnownProcess child = KnownProcess.of(ProcessHandle.of(pid).orElseThrow());
      assertThat(child.living()).isPresent();

      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (child.living().isPresent() && System.nanoTime() - endNanos < 0) {
        Thread.onSpinWait();
      }
      assertThat(child.living()).isEmpty();
      assertThat(parent.isAlive()).isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }
}
