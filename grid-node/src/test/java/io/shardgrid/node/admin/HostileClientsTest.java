package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.node.access.InProcessGrid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What clients of the HTTP server can bring about as often as they like fills no log. */
@Timeout(60)
final class HostileClientsTest {

  private static final AdminSettings SETTINGS =
      AdminSettings.from(
          ConfigFactory.parseString(
              """
              node.http { port = 0, backlog = 16, connections-max = 2, pipeline-max = 4
                connections-per-source-max = 10, request-timeout = 10 s
                request-bytes-max = 1 KiB, report-timeout = 50 ms, idle-timeout = 60 s }
              node.console { subscribers-max = 2, event-bytes-max = 1 MiB, interval = 100 ms
                drills { enabled = off, heap = 512m, lines-max = 100, time-max = 1m } }
              """));

  private final AdminServer server = AdminServer.bind("127.0.0.1", 0, SETTINGS);
  private final Logger log = (Logger) LoggerFactory.getLogger("io.shardgrid.node.admin");
  private final Queue<ILoggingEvent> loud = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            loud.add(event);
          }
        }
      };

  @BeforeEach
  void listen() {
    server.serve(new InProcessGrid(2));
    appender.start();
    log.addAppender(appender);
  }

  @AfterEach
  void stop() {
    log.detachAppender(appender);
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String ask(Socket socket, String said) throws IOException {
    socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
    byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    return new String(status, StandardCharsets.US_ASCII);
  }

  @Test
  void areToldOfInOneLineWhenTheyAreTooMany() throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      open.add(connect());
      assertThat(ask(open.get(i), "GET /health/live HTTP/1.1\r\n\r\n")).endsWith("200");
    }
    for (int i = 0; i < 20; i++) {
      try (Socket refused = connect()) {
        assertThat(refused.getInputStream().read()).isNegative();
      } catch (java.net.SocketException e) {
        assertThat(e).hasMessageContaining("reset");
      }
    }
    assertThat(loud).hasSize(1);
    assertThat(loud.peek().getFormattedMessage())
        .contains("times=1", "grid.node.http.connections-max=2");
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void areAnsweredWhenWhatTheyAskForIsNotEncodedAsItShouldBe() throws IOException {
    try (Socket socket = connect()) {
      assertThat(ask(socket, "GET /maps?x=%zz HTTP/1.1\r\n\r\n")).endsWith("400");
    }
    assertThat(loud).isEmpty();
  }

  @Test
  void mayGoAwayInTheMiddleOfARequest() throws IOException {
    try (Socket socket = connect()) {
      // An answer shows that the server has seen what came before.
      assertThat(
              ask(
                  socket,
                  "GET /health/live HTTP/1.1\r\n\r\n"
                      + "POST /weight HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf"))
          .endsWith("200");
    }
    server.close();
    assertThat(loud).isEmpty();
  }
}
