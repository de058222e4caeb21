package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.NodeAddresses;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The executable jar in a process of its own, as a user starts it. {@link #close} kills it. */
final class Program implements AutoCloseable {

  static final Duration START_MAX = Duration.ofSeconds(90);

  private static final String JAR = "grid.node.jar";
  private static final int FIRST_JDK_THAT_WARNS = 24;

  /**
   * Without the optimizing compiler: most of these processes end before what it takes has paid, and
   * where several start on two processors it is a good part of the time of all of them.
   */
  private static final String QUICK_TO_START = "-XX:TieredStopAtLevel=1";

  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final List<Expected> expected = new ArrayList<>();
  private final CompletableFuture<Void> outEnd;
  private final CompletableFuture<Void> errEnd;

  /** A line of standard output that somebody waits for. */
  private record Expected(Predicate<String> isIt, CompletableFuture<String> line) {}

  /** How it ended, and all that it wrote. */
  record End(int code, List<String> out, List<String> err) {}

  private Program(Process process) {
    this.process = process;
    this.outEnd = reading("out", process.inputReader(StandardCharsets.UTF_8), this::heard);
    this.errEnd = reading("err", process.errorReader(StandardCharsets.UTF_8), this::complained);
  }

  /** Starts the program with these arguments. */
  static Program start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  /** Starts the program with these options of Java and these arguments. */
  static Program start(List<String> javaOptions, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= FIRST_JDK_THAT_WARNS) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Xmx512m");
    command.add(QUICK_TO_START);
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", System.getProperty(JAR)));
    command.addAll(List.of(arguments));
    return new Program(new ProcessBuilder(command).start());
  }

  /** Starts a node on free ports, with these options. */
  static Program startNode(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("start"));
    arguments.addAll(List.of("--port", "0", "--http", "0", "--peer", "0", "--cluster", "0"));
    arguments.addAll(List.of(options));
    return start(arguments.toArray(String[]::new));
  }

  /** Runs the program to its end. */
  static End run(String... arguments) throws Exception {
    try (Program program = start(arguments)) {
      return program.awaitEnd(START_MAX);
    }
  }

  Process process() {
    return process;
  }

  /** Where the node listens; waits until it is a member. */
  NodeAddresses awaitUp() throws Exception {
    return awaitEvent(NodeAddresses.Event.UP);
  }

  /** Where the node listens; waits until it serves. */
  NodeAddresses awaitReady() throws Exception {
    return awaitEvent(NodeAddresses.Event.READY);
  }

  private NodeAddresses awaitEvent(NodeAddresses.Event event) throws Exception {
    String line = awaitLine(text -> NodeAddresses.parse(event, text).isPresent());
    return NodeAddresses.parse(event, line).orElseThrow();
  }

  /** The first such line of standard output, written or yet to come. */
  String awaitLine(Predicate<String> isIt) throws Exception {
    CompletableFuture<String> line = new CompletableFuture<>();
    synchronized (this) {
      out.stream().filter(isIt).findFirst().ifPresent(line::complete);
      expected.add(new Expected(isIt, line));
    }
    outEnd.thenRun(() -> line.completeExceptionally(new IOException("ended: " + texts())));
    try {
      return line.get(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("The line did not come: " + texts(), e);
    }
  }

  /** Asks it to end, as by SIGTERM. */
  void terminate() {
    // Process.destroy would also close the streams that bring its last lines.
    process.toHandle().destroy();
  }

  /** Waits until it has ended. */
  End awaitEnd(Duration timeout) throws Exception {
    assertThat(process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS))
        .as(() -> "has ended: " + texts())
        .isTrue();
    outEnd.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    errEnd.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    synchronized (this) {
      return new End(process.exitValue(), List.copyOf(out), List.copyOf(err));
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private synchronized String texts() {
    return String.join("\n", out) + "\n" + String.join("\n", err);
  }

  private synchronized void heard(String line) {
    out.add(line);
    expected.stream().filter(e -> e.isIt().test(line)).forEach(e -> e.line().complete(line));
  }

  private synchronized void complained(String line) {
    err.add(line);
  }

  private static CompletableFuture<Void> reading(
      String name, BufferedReader lines, java.util.function.Consumer<String> reader) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (lines) {
                lines.lines().forEach(reader);
              } catch (IOException | java.io.UncheckedIOException e) {
                reader.accept("(" + name + " cannot be read: " + e.getMessage() + ")");
              } finally {
                end.complete(null);
              }
            },
            "program-" + name);
    thread.setDaemon(true);
    thread.start();
    return end;
  }
}
