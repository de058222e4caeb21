package io.shardgrid.node.cli;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Operations under way, never more than a bound. The first failure ends it.
 *
 * <p>{@link #add} and {@link #land} are confined to one thread, which they block; operations may
 * end on any.
 */
public final class Flight {

  private final int max;
  private final Semaphore room;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Allows so many operations at once, at least 1. */
  public Flight(int max) {
    this.max = max;
    this.room = new Semaphore(max);
  }

  /**
   * Starts an operation as soon as there is room.
   *
   * @throws CommandException when one has failed, or the thread was interrupted
   */
  public void add(Supplier<? extends CompletionStage<?>> operation) {
    acquire(1);
    operation
        .get()
        .whenComplete(
            (result, thrown) -> {
              if (thrown != null) {
                failure.compareAndSet(null, Verdict.unwrapped(thrown));
              }
              room.release();
            });
  }

  /**
   * Waits until all operations have ended.
   *
   * @throws CommandException when one has failed, or the thread was interrupted
   */
  public void land() {
    acquire(max);
    room.release(max);
  }

  private void acquire(int permits) {
    try {
      room.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted while waiting", e);
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      room.release(permits);
      Verdict verdict = Verdict.of(thrown);
      throw new CommandException(verdict.exitCode(), verdict.line(), thrown);
    }
  }
}
