package io.shardgrid.node.provision;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The nodes that were started from a directory, for whoever wants to end all of them: until it is
 * closed nobody starts another one there.
 *
 * <p>Confined to one thread.
 */
public final class StartedNodes implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration HOLD_MAX = Duration.ofSeconds(15);
  private static final long END_SECONDS_MAX = 30;

  private final DirectoryLock lock;

  private StartedNodes(DirectoryLock lock) {
    this.lock = lock;
  }

  /**
   * Holds a directory; waits while somebody changes it.
   *
   * @param directory made if it is not there
   * @throws CommandException if others change it for longer than the timeout
   */
  public static StartedNodes hold(Path directory, Duration timeout) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    try {
      Files.createDirectories(directory);
      while (true) {
        Optional<DirectoryLock> taken = DirectoryLock.tryTake(directory);
        if (taken.isPresent()) {
          return new StartedNodes(taken.get());
        }
        if (System.nanoTime() - deadlineNanos >= 0) {
          throw new CommandException(
              ExitCode.FAILED, "Others change the directory all the time: " + directory);
        }
        Waiting.linger(LOOK);
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "The directory cannot be used: " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Ends all nodes of a directory at once, and returns when none runs. */
  public static void killAll(Path directory) {
    try (StartedNodes started = hold(directory, HOLD_MAX)) {
      List<ProcessHandle> living = started.living();
      living.forEach(ProcessHandle::destroyForcibly);
      living.forEach(StartedNodes::awaitEnd);
    }
  }

  /** Waits until a process has ended, for half a minute at most. Returns whether it has. */
  public static boolean awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(END_SECONDS_MAX, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** The process of a node, if it was started from this directory and lives. */
  public static Optional<ProcessHandle> named(Path directory, String node) {
    try {
      return NodeFolder.read(directory.resolve(node)).flatMap(NodeFolder::living);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "The folder of a node cannot be read: " + e.getMessage(), e);
    }
  }

  /** The processes that live. */
  public List<ProcessHandle> living() {
    List<ProcessHandle> living = new ArrayList<>();
    try (Stream<Path> folders = Files.list(lock.directory())) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        NodeFolder.read(folder).flatMap(NodeFolder::living).ifPresent(living::add);
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "The folders of nodes cannot be read: " + lock.directory() + ": " + e.getMessage(),
          e);
    }
    return living;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "A lock cannot be given back: " + lock.directory(), e);
    }
  }
}
