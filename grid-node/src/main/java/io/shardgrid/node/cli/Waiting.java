package io.shardgrid.node.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How commands let time pass. Stateless. */
public final class Waiting {

  private Waiting() {}

  /**
   * Does nothing for so long.
   *
   * @throws CommandException if the thread is interrupted; it stays so
   */
  public static void linger(Duration time) {
    long endNanos = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CommandException(
            ExitCode.INTERRUPTED, "Interrupted", new InterruptedException("while it waited"));
      }
      LockSupport.parkNanos(left);
    }
  }
}
