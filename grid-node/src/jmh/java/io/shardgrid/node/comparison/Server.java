package io.shardgrid.node.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that is a member or a server. It ends with its standard input, so it does not outlive
 * the process that has started it.
 */
final class Server implements AutoCloseable {

  private static final String SAFE = "SAFE";
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long START_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
  private static final long STOP_SECONDS_MAX = 10;

  private final Process process;
  private volatile boolean isSafe;

  private Server(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "server-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * A member of a product's cluster, with the same heap and flags as this process.
   *
   * @param members how many it is to wait for
   */
  static Server member(String product, int number, int members) throws IOException {
    List<String> command =
        Launch.java(Server.class, product, Integer.toString(number), Integer.toString(members));
    return command(command, Redirect.INHERIT);
  }

  /** Any program that does not end by itself; what it says on its error output goes there. */
  static Server command(List<String> command, Redirect errors) throws IOException {
    return new Server(new ProcessBuilder(command).redirectError(errors).start());
  }

  /** A program that does not look at its standard input. */
  static Server stubborn(String... command) throws IOException {
    String guard = "\"$@\" </dev/null >/dev/null & p=$!; cat >/dev/null; kill $p; wait $p";
    List<String> all = new ArrayList<>(List.of("bash", "-c", guard, "server"));
    all.addAll(List.of(command));
    return command(all, Redirect.DISCARD);
  }

  /** The member's process. It asks how things are until all is safe, and not beside a load. */
  public static void main(String[] arguments) throws Exception {
    Thread guard = new Thread(Server::endWithInput, "guard");
    guard.start();
    Product product = Products.create(arguments[0]);
    product.open(Product.Role.MEMBER, Integer.parseInt(arguments[1]));
    awaitSafe(product, Integer.parseInt(arguments[2]));
    System.out.println(SAFE);
    guard.join();
  }

  /** Waits until a product of this process is one of so many members, and nothing is to move. */
  static void awaitSafe(Product product, int members) {
    Product.State wanted = new Product.State(members, true);
    long endNanos = System.nanoTime() + START_NANOS_MAX;
    while (!product.state().equals(wanted)) {
      pauseUntil(endNanos, "not safe with " + members + " members: state=" + product.state());
    }
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent: only the end counts.
      }
    } catch (IOException e) {
      // Whoever started this process is gone.
    }
    Runtime.getRuntime().halt(0);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        isSafe |= line.equals(SAFE);
        line = lines.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it is one of all members, and nothing is left to move. */
  void awaitSafe() {
    long endNanos = System.nanoTime() + START_NANOS_MAX;
    while (!isSafe) {
      check();
      pauseUntil(endNanos, "a member is not safe");
    }
  }

  /** Waits until something listens on a port of the loopback address. */
  void awaitPort(int port) {
    long endNanos = System.nanoTime() + START_NANOS_MAX;
    while (!isListening(port)) {
      check();
      pauseUntil(endNanos, "nobody listens: port=" + port);
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void pauseUntil(long endNanos, String complaint) {
    if (System.nanoTime() - endNanos > 0) {
      throw new IllegalStateException(complaint);
    }
    LockSupport.parkNanos(LOOK_NANOS);
  }

  /** Throws if it has ended. */
  void check() {
    if (!process.isAlive()) {
      throw new IllegalStateException("a server has ended: code=" + process.exitValue());
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
