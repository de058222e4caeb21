package io.shardgrid.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Stands between a client and a server of a test, and keeps what both say on the connection that
 * has most to say: the traffic that fuzzing begins with.
 */
public final class Relay implements AutoCloseable {

  private static final boolean WRITES = Boolean.getBoolean("grid.test.record");
  private static final Path RESOURCES = Path.of("src", "test", "resources", "fuzz");

  private final ServerSocket listener;
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();

  /** What was said on one connection. */
  private record Kept(ByteArrayOutputStream fromClient, ByteArrayOutputStream fromServer) {}

  private Relay(ServerSocket listener) {
    this.listener = listener;
  }

  /** A relay to this port of this machine. */
  public static Relay to(int port) throws IOException {
    Relay relay = new Relay(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    daemon(() -> relay.accept(port));
    return relay;
  }

  /** Where clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept(int port) {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        Kept own = new Kept(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        synchronized (sockets) {
          sockets.add(client);
          sockets.add(server);
          kept.add(own);
        }
        daemon(() -> pass(client, server, own.fromClient));
        daemon(() -> pass(server, client, own.fromServer));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void pass(Socket from, Socket to, ByteArrayOutputStream kept) {
    byte[] bytes = new byte[8 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
        synchronized (kept) {
          kept.write(bytes, 0, count);
        }
        out.write(bytes, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One of both has closed the connection.
    }
  }

  /** What the client has said so far. */
  public byte[] fromClient() {
    return bytesOf(longest().fromClient);
  }

  /** What the server has said so far. */
  public byte[] fromServer() {
    return bytesOf(longest().fromServer);
  }

  private Kept longest() {
    synchronized (sockets) {
      return kept.stream()
          .max(Comparator.comparingInt(one -> bytesOf(one.fromClient).length))
          .orElseThrow();
    }
  }

  private static byte[] bytesOf(ByteArrayOutputStream stream) {
    synchronized (stream) {
      return stream.toByteArray();
    }
  }

  /** Puts an input where the target finds it, if {@code -Dgrid.test.record=true}. */
  public static void record(String target, String name, byte[] input) throws IOException {
    if (WRITES) {
      Path directory = RESOURCES.resolve(target);
      Files.createDirectories(directory);
      Files.write(directory.resolve("recorded-" + name + ".bin"), input);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    synchronized (sockets) {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
