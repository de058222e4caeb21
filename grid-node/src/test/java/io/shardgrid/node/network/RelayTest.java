package io.shardgrid.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.node.network.BreakableNetwork.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback addresses. */
final class RelayTest {

  private static final int BYTES = 1_000;
  private static final int SHORT_MILLIS = 300;
  private static final int LONG_MILLIS = 20_000;

  private final Relay relay = Relay.open();
  private final List<String> a = relay.options("a");
  private final List<String> b = relay.options("b");

  @AfterEach
  void close() {
    relay.close();
  }

  @Test
  void passesOnBothWaysAndTellsTheEnd() throws IOException {
    try (ServerSocket server = listen(b, "--peer");
        Socket near = connect(a, b, "--peer");
        Socket far = server.accept()) {
      send(near, (byte) 7);
      assertThat(receive(far)).containsOnly(7);
      send(far, (byte) 8);
      assertThat(receive(near)).containsOnly(8);
      near.shutdownOutput();
      assertThat(far.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void letsNothingThroughWhileItIsCut() throws IOException {
    try (ServerSocket server = listen(b, "--cluster");
        Socket near = connect(a, b, "--cluster");
        Socket far = server.accept()) {
      send(near, (byte) 1);
      receive(far);
      relay.cut("b", "a", Scope.ALL);
      send(near, (byte) 2);
      send(near, (byte) 3);
      far.setSoTimeout(SHORT_MILLIS);
      assertThatThrownBy(() -> far.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      relay.mend();
      far.setSoTimeout(LONG_MILLIS);
      assertThat(receive(far)).containsOnly(2);
      assertThat(receive(far)).containsOnly(3);
    }
  }

  @Test
  void cutsTheLinksThatCarryDataAlone() throws IOException {
    relay.cut("a", "b", Scope.PEER_LINKS);
    try (ServerSocket server = listen(b, "--cluster");
        Socket near = connect(a, b, "--cluster");
        Socket far = server.accept();
        ServerSocket peers = listen(b, "--peer");
        Socket cut = connect(a, b, "--peer")) {
      send(near, (byte) 1);
      assertThat(receive(far)).containsOnly(1);
      peers.setSoTimeout(SHORT_MILLIS);
      assertThatThrownBy(peers::accept).isInstanceOf(SocketTimeoutException.class);
      relay.mend();
      peers.setSoTimeout(LONG_MILLIS);
      try (Socket late = peers.accept()) {
        send(cut, (byte) 4);
        assertThat(receive(late)).containsOnly(4);
      }
    }
  }

  @Test
  void doesNotCutWhatIsNoNode() throws IOException {
    relay.cut("a", "b", Scope.ALL);
    try (ServerSocket server = listen(b, "--port");
        Socket client = new Socket();
        Socket far = connectAndAccept(client, server)) {
      send(client, (byte) 1);
      assertThat(receive(far)).containsOnly(1);
    }
  }

  private Socket connectAndAccept(Socket client, ServerSocket server) throws IOException {
    client.connect(address(b, "--host", "--port"));
    return server.accept();
  }

  @Test
  void delaysWhatPassesBetweenNodes() throws IOException {
    Duration delay = Duration.ofMillis(100);
    relay.slow("b", delay);
    try (ServerSocket server = listen(b, "--peer");
        Socket near = connect(a, b, "--peer");
        Socket far = server.accept()) {
      long sentNanos = System.nanoTime();
      send(near, (byte) 1);
      receive(far);
      send(far, (byte) 2);
      receive(near);
      assertThat(System.nanoTime() - sentNanos).isGreaterThanOrEqualTo(2 * delay.toNanos());
    }
  }

  @Test
  void keepsTheOrderWhenADelayEnds() throws IOException {
    relay.slow("b", Duration.ofMillis(200));
    try (ServerSocket server = listen(b, "--peer");
        Socket near = connect(a, b, "--peer");
        Socket far = server.accept()) {
      // There and back once, so that the next bytes are under way when the delay ends.
      send(near, (byte) 1);
      receive(far);
      send(near, (byte) 2);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      relay.mend();
      send(near, (byte) 3);
      assertThat(receive(far)).containsOnly(2);
      assertThat(receive(far)).containsOnly(3);
    }
  }

  @Test
  void flipsOneBitOfARun() throws IOException {
    relay.damage((byte) 5, 1);
    try (ServerSocket server = listen(b, "--peer");
        Socket near = connect(a, b, "--peer");
        Socket far = server.accept()) {
      send(near, (byte) 6);
      assertThat(receive(far)).containsOnly(6);
      send(near, (byte) 5);
      byte[] damaged = receive(far);
      assertThat(relay.damaged()).isOne();
      int bits = 0;
      for (byte one : damaged) {
        bits += Integer.bitCount((one ^ 5) & 0xFF);
      }
      assertThat(bits).isOne();
      send(near, (byte) 5);
      assertThat(receive(far)).containsOnly(5);
    }
  }

  @Test
  void resetsConnectionsToWhereNobodyListens() throws IOException {
    try (Socket near = connect(a, b, "--peer")) {
      near.setSoTimeout(LONG_MILLIS);
      assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  private static ServerSocket listen(List<String> node, String port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(address(node, "--bind", port));
    server.setSoTimeout(LONG_MILLIS);
    return server;
  }

  private static Socket connect(List<String> from, List<String> to, String port)
      throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(value(from, "--bind"), 0));
    socket.connect(address(to, "--host", port));
    socket.setSoTimeout(LONG_MILLIS);
    return socket;
  }

  private static InetSocketAddress address(List<String> node, String host, String port) {
    return new InetSocketAddress(value(node, host), Integer.parseInt(value(node, port)));
  }

  private static String value(List<String> options, String name) {
    return options.get(options.indexOf(name) + 1);
  }

  private static void send(Socket socket, byte fill) throws IOException {
    byte[] bytes = new byte[BYTES];
    Arrays.fill(bytes, fill);
    socket.getOutputStream().write(bytes);
  }

  private static byte[] receive(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] bytes = in.readNBytes(BYTES);
    assertThat(bytes).hasSize(BYTES);
    return bytes;
  }
}
