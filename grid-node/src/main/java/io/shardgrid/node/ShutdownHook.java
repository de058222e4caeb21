package io.shardgrid.node;

import io.shardgrid.node.cli.ExitCode;

/**
 * Hands the node's shards over and closes it when the process is asked to end, and then ends it
 * with a code that says how that went; Java's own end would show the signal.
 *
 * <p>Thread-safe.
 */
final class ShutdownHook {

  private final Thread thread;

  private ShutdownHook(StandaloneNode node) {
    this.thread = new Thread(() -> end(node), "grid-stop");
  }

  static ShutdownHook register(StandaloneNode node) {
    ShutdownHook hook = new ShutdownHook(node);
    Runtime.getRuntime().addShutdownHook(hook.thread);
    return hook;
  }

  private static void end(StandaloneNode node) {
    boolean isDrained = node.drain();
    node.close();
    ExitCode code = isDrained ? ExitCode.OK : ExitCode.NOT_DRAINED;
    Runtime.getRuntime().halt(code.number());
  }

  /** Takes the hook back, unless it already runs. */
  void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      await();
    }
  }

  /** Waits for the hook, which ends the process. */
  void await() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
