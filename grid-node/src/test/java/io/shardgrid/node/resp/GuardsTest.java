package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.SampleUsers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps single clients from using the listener up, over a socket. */
@Timeout(30)
final class GuardsTest {

  @Test
  void boundsTheConnectionsOfOneAddress() {
    try (RespFixture fixture = RespFixture.serving("connections-per-source-max = 2");
        RespClient first = fixture.client();
        RespClient second = fixture.client()) {
      assertThat(first.ask("PING")).isEqualTo("PONG");
      assertThat(second.ask("PING")).isEqualTo("PONG");
      try (RespClient third = fixture.client()) {
        assertThat(third.read()).contains("grid.node.resp.connections-per-source-max=2");
        assertThat(third.isClosed()).isTrue();
      }
      assertThat(first.ask("INFO", "stats")).contains("rejected_connections_of_a_source:1");
      assertThat(second.ask("QUIT")).isEqualTo("OK");
      assertThat(second.isClosed()).isTrue();
      assertThat(joins(fixture)).isTrue();
    }
  }

  /** The server hears of an end a little after the client. */
  private static boolean joins(RespFixture fixture) {
    while (true) {
      try (RespClient again = fixture.client()) {
        if (again.ask("PING").equals("PONG")) {
          return true;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void holdsAConnectionUpThatSendsTooMuch() {
    try (RespFixture fixture =
            RespFixture.serving("commands-per-second-max = 100", "commands-burst = 10");
        RespClient client = fixture.client()) {
      long start = System.nanoTime();
      for (int command = 0; command < 60; command++) {
        client.send("PING");
      }
      for (int command = 0; command < 60; command++) {
        assertThat(client.read()).isEqualTo("PONG");
      }
      // 50 commands beyond the burst, at 100 a second.
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(450L, 5_000L);
      assertThat(client.ask("INFO", "stats")).doesNotContain("times_held_up_for_rate:0");
    }
  }

  @Test
  void closesAConnectionThatSaysNothing() {
    try (RespFixture fixture = RespFixture.serving("first-command-timeout = 50 ms");
        RespClient talking = fixture.client();
        RespClient silent = fixture.client()) {
      assertThat(talking.ask("PING")).isEqualTo("PONG");
      assertThat(silent.read()).contains("too late", "grid.node.resp.first-command-timeout");
      assertThat(silent.isClosed()).isTrue();
      assertThat(talking.ask("INFO", "stats")).contains("late_disconnections:1");
    }
  }

  @Test
  void closesAConnectionThatDoesNotLogIn() {
    try (AccessDesk desk = SampleUsers.desk();
        RespFixture fixture = RespFixture.knowing(desk, "first-command-timeout = 200 ms");
        RespClient stranger = fixture.client()) {
      assertThat(stranger.ask("PING")).startsWith("-NOAUTH");
      assertThat(stranger.read()).contains("grid.node.resp.first-command-timeout");
      assertThat(stranger.isClosed()).isTrue();
    }
  }

  @Test
  void closesAConnectionThatSendsACommandBitByBit() {
    try (RespFixture fixture = RespFixture.serving("whole-command-timeout = 100 ms");
        RespClient client = fixture.client()) {
      client.sendText("*2\r\n$4\r\nECHO\r\n$1000000\r\n");
      String answer = "";
      // Never silent for the command-timeout of 30 s, which alone would let it go on for ever.
      while (answer.isEmpty()) {
        try {
          client.sendText("x");
          LockSupport.parkNanos(5_000_000);
          answer = client.readNow();
        } catch (java.io.UncheckedIOException e) {
          answer = client.read();
        }
      }
      assertThat(answer).contains("grid.node.resp.whole-command-timeout");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void namesSettingsThatAreWrong() {
    for (String wrong :
        new String[] {
          "connections-per-source-max = 0",
          "commands-per-second-max = 0",
          "commands-burst = 0",
          "first-command-timeout = 0 ms",
          "whole-command-timeout = 0 ms"
        }) {
      assertThatThrownBy(() -> RespSettings.from(RespFixture.config(wrong)))
          .isInstanceOf(GridConfigException.class)
          .hasMessageContaining("grid.node.resp." + wrong.substring(0, wrong.indexOf(' ')));
    }
  }
}
