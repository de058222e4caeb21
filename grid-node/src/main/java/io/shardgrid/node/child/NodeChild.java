package io.shardgrid.node.child;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Verdict;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A node in a process of its own. What it writes goes to a file; it ends when this process does,
 * however that ends, because the node then finds its standard input closed.
 *
 * <p>Thread-safe.
 */
public final class NodeChild {

  private final String name;
  private final Process process;
  private final Path log;
  private final CompletableFuture<NodeAddresses> up = new CompletableFuture<>();
  private final CompletableFuture<NodeAddresses> ready = new CompletableFuture<>();

  private NodeChild(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts a process whose lines go to {@code log}. */
  static NodeChild start(String name, List<String> command, Path log) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      NodeChild child = new NodeChild(name, process, log);
      Thread reader = new Thread(child::read, "child-log-" + name);
      reader.setDaemon(true);
      reader.start();
      return child;
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "A node's process cannot be started: " + e.getMessage(), e);
    }
  }

  public String name() {
    return name;
  }

  /** Whether the process still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Processor time that it has taken so far, to hundredths of a second; 0 once it has ended. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Where it listens; waits until it is a member of its cluster. */
  public NodeAddresses awaitUp(Duration timeout) {
    return await(up, timeout, "no member of its cluster");
  }

  /** Where it listens, if it has begun to serve and runs. */
  public Optional<NodeAddresses> serving() {
    boolean isServing = isAlive() && ready.isDone() && !ready.isCompletedExceptionally();
    return isServing ? Optional.of(ready.join()) : Optional.empty();
  }

  /** Where it listens; waits until it can serve. */
  public NodeAddresses awaitReady(Duration timeout) {
    return await(ready, timeout, "not ready");
  }

  /** Where what it writes goes. */
  public Path log() {
    return log;
  }

  /** Completes when the process has ended. */
  public CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Asks it to leave and stop. */
  public void terminate() {
    // Process.destroy would also close the stream that brings the last lines of its log.
    process.toHandle().destroy();
  }

  /** Ends it at once, as a crash would: SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Lets it stand still: SIGSTOP. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on after {@link #pause}: SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      List<String> command = List.of("kill", "-" + name, Long.toString(process.pid()));
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new CommandException(ExitCode.FAILED, "A signal cannot be sent: " + command);
      }
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "A signal cannot be sent: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }

  /** Its exit code; kills it if it takes longer than the timeout. */
  public int awaitExit(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.number();
    }
  }

  private NodeAddresses await(
      CompletableFuture<NodeAddresses> event, Duration timeout, String missing) {
    try {
      return event.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    } catch (ExecutionException e) {
      throw new CommandException(
          ExitCode.FAILED, "Node " + name + " has ended: " + Verdict.of(e).line(), e);
    } catch (TimeoutException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "Node " + name + " is " + missing + " after " + timeout.toSeconds() + " s",
          e);
    }
  }

  private void read() {
    String last = "it wrote nothing";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter file = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.write(line);
        file.newLine();
        file.flush();
        last = line;
        NodeAddresses.parse(NodeAddresses.Event.UP, line).ifPresent(up::complete);
        NodeAddresses.parse(NodeAddresses.Event.READY, line).ifPresent(ready::complete);
      }
    } catch (IOException e) {
      last = "its output cannot be read or written: " + e.getMessage();
    } finally {
      CommandException end = new CommandException(ExitCode.FAILED, last);
      up.completeExceptionally(end);
      ready.completeExceptionally(end);
    }
  }
}
