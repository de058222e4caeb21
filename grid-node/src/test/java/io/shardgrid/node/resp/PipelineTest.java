package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.wire.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Order, fragments and bounds of what clients send and read. */
@Timeout(30)
final class PipelineTest {

  private RespFixture fixture = RespFixture.serving();

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void keepsTheOrderOfRepliesWhateverIsSlow() {
    fixture.grid.holdBack(operation -> operation.request().kind() == Request.Kind.GET);
    try (RespClient client = fixture.client()) {
      client.send("SET", "a", "1");
      client.send("GET", "a");
      client.send("PING");
      client.send("GET", "b");
      client.send("HELLO", "3");
      client.send("GET", "c");
      client.send("INCR", "n");
      assertThat(client.read()).isEqualTo("OK");
      await(() -> fixture.grid.heldBack() == 3);
      fixture.grid.letGo();
      assertThat(client.read()).isEqualTo("'1'");
      assertThat(client.read()).isEqualTo("PONG");
      assertThat(client.read()).isEqualTo("nil");
      assertThat(client.read()).startsWith("%['server'");
      assertThat(client.read()).isEqualTo("nil");
      assertThat(client.read()).isEqualTo("1");
    }
  }

  @Test
  void scansWhateverIsSlow() {
    try (RespClient client = fixture.client()) {
      client.ask("SET", "a", "1");
      fixture.grid.holdBack(operation -> operation.request().kind() == Request.Kind.SCAN);
      client.send("SCAN", "0");
      await(() -> fixture.grid.heldBack() == 1);
      fixture.grid.letGo();
      assertThat(client.read()).isEqualTo("['0' ['a']]");
    }
  }

  @Test
  void answersMoreThanMayBeUnderWay() {
    fixture.grid.holdBack(operation -> true);
    try (RespClient client = fixture.client()) {
      ByteArrayOutputStream commands = new ByteArrayOutputStream();
      for (int number = 0; number < 1000; number++) {
        commands.writeBytes(RespClient.command("INCR", "{tag}"));
      }
      client.sendBytes(commands.toByteArray());
      await(() -> fixture.grid.heldBack() == 64);
      fixture.grid.letGo();
      for (int number = 1; number <= 1000; number++) {
        assertThat(client.read()).isEqualTo(String.valueOf(number));
      }
    }
  }

  @Test
  void understandsPieces() {
    byte[] commands =
        concat(
            RespClient.command("SET", "key", "value"),
            "GET key\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            RespClient.command("MGET", "key", "absent"));
    try (RespClient client = fixture.client()) {
      for (byte single : commands) {
        client.sendBytes(new byte[] {single});
      }
      assertThat(client.read()).isEqualTo("OK");
      assertThat(client.read()).isEqualTo("'value'");
      assertThat(client.read()).isEqualTo("['value' nil]");
    }
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void answersAClientThatHasFinishedSending() throws IOException {
    fixture.grid.holdBack(operation -> true);
    try (RespClient client = fixture.client()) {
      for (int number = 0; number < 200; number++) {
        client.send("INCR", "n");
      }
      client.endInput();
      await(() -> fixture.grid.heldBack() == 64);
      fixture.grid.letGo();
      for (int number = 1; number <= 200; number++) {
        assertThat(client.read()).isEqualTo(String.valueOf(number));
      }
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void refusesWhatIsTooLargeAndGoesOn() {
    byte[] large = new byte[(1 << 20) + 1];
    Arrays.fill(large, (byte) 'x');
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("SET", "k", large))
          .isEqualTo(
              "-ERR value is too large: grid.node.resp.value-bytes-max=1048576,"
                  + " valueBytes=1048577");
      assertThat(client.ask("GET", new byte[65_536]))
          .isEqualTo("-ERR key is too large: keyBytesMax=65535, keyBytes=65536");
      assertThat(client.ask("GET", new byte[65_535])).isEqualTo("nil");
      assertThat(client.ask("SET", "k", new byte[3 << 20]))
          .startsWith("-ERR Protocol error: bulk string is too large: bulkBytesMax=2097152");
      assertThat(client.ask((Object[]) "MGET ".repeat(1001).trim().split(" ")))
          .startsWith("-ERR Protocol error: too many arguments: argsMax=1000");
      assertThat(client.ask("PING")).isEqualTo("PONG");
      large = Arrays.copyOf(large, 1 << 20);
      assertThat(client.ask("SET", "k", large)).isEqualTo("OK");
      assertThat(client.ask("GET", "k")).hasSize((1 << 20) + 2);
    }
  }

  @Test
  void closesWhatItCannotUnderstand() {
    try (RespClient client = fixture.client()) {
      client.sendText("*1\r\n$4\r\nPING\r\n*x\r\n*1\r\n$4\r\nPING\r\n");
      assertThat(client.read()).isEqualTo("PONG");
      assertThat(client.read()).startsWith("-ERR Protocol error: invalid length");
      assertThat(client.isClosed()).isTrue();
    }
    try (RespClient client = fixture.client()) {
      client.sendText("*1\r\n:1\r\n");
      assertThat(client.read()).startsWith("-ERR Protocol error: argument is no bulk string");
      assertThat(client.isClosed()).isTrue();
    }
    try (RespClient client = fixture.client()) {
      client.sendText("GET \"a\r\nPING\r\n");
      assertThat(client.read()).startsWith("-ERR Protocol error: unbalanced quotes");
      assertThat(client.read()).isEqualTo("PONG");
      client.sendText("x".repeat(2000));
      assertThat(client.read()).startsWith("-ERR Protocol error: line is too long");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void refusesOneConnectionTooMany() {
    restart("connections-max = 1");
    try (RespClient first = fixture.client()) {
      assertThat(first.ask("PING")).isEqualTo("PONG");
      try (RespClient second = fixture.client()) {
        assertThat(second.read()).startsWith("-ERR max number of clients reached");
        assertThat(second.isClosed()).isTrue();
      }
      assertThat(first.ask("INFO", "stats")).contains("rejected_connections:1");
    }
  }

  @Test
  void closesAConnectionInTheMiddleOfACommand() {
    restart("command-timeout = 50 ms");
    try (RespClient client = fixture.client();
        RespClient quiet = fixture.client()) {
      assertThat(quiet.ask("PING")).isEqualTo("PONG");
      client.sendText("*2\r\n$3\r\nGET\r\n$5\r\nab");
      assertThat(client.read())
          .startsWith("-ERR too late, closing: grid.node.resp.command-timeout");
      assertThat(client.isClosed()).isTrue();
      assertThat(quiet.ask("PING")).isEqualTo("PONG");
    }
  }

  @Test
  void closesAnIdleConnection() {
    restart("idle-timeout = 50 ms");
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("PING")).isEqualTo("PONG");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void disconnectsAClientThatDoesNotRead() {
    restart("slow-reader-timeout = 50 ms", "unsent-bytes-pause = 4 KiB");
    try (RespClient client = fixture.client();
        RespClient other = fixture.client()) {
      client.ask("SET", "k", new byte[1 << 20]);
      for (int times = 0; times < 50; times++) {
        client.send("GET", "k");
      }
      await(() -> other.ask("INFO", "stats").contains("limit_disconnections:1"));
    }
  }

  @Test
  void paysNoHeedToHowMuchAPatientClientAsksFor() {
    restart("unsent-bytes-pause = 4 KiB");
    try (RespClient client = fixture.client()) {
      client.ask("SET", "k", new byte[1 << 20]);
      for (int times = 0; times < 50; times++) {
        client.send("GET", "k");
      }
      for (int times = 0; times < 50; times++) {
        assertThat(client.read()).hasSize((1 << 20) + 2);
      }
    }
  }

  private void restart(String... changes) {
    fixture.close();
    fixture = RespFixture.serving(changes);
  }

  private static void await(BooleanSupplier condition) {
    // Bounded by the time limit of the test.
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
