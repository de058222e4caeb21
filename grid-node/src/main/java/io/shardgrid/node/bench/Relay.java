package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Verdict;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Callers each of whom begins its next operation where the one before has ended, on that thread: so
 * no thread is woken for the sake of the load, and what is measured is the grid's.
 *
 * <p>{@link #run} is confined to one thread, which it blocks. The first failure ends it.
 */
final class Relay {

  private final Function<SplittableRandom, CompletionStage<?>> operation;
  private final CountDownLatch ended;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean isOver;

  /**
   * A relay.
   *
   * @param operation begins one, drawn by the caller's own random numbers
   */
  private Relay(int callers, Function<SplittableRandom, CompletionStage<?>> operation) {
    this.operation = operation;
    this.ended = new CountDownLatch(callers);
  }

  /**
   * Lets so many callers go on for a while; how many operations ended.
   *
   * @throws CommandException when one has failed, or the thread was interrupted
   */
  static long run(
      int callers, Duration time, Function<SplittableRandom, CompletionStage<?>> operation) {
    Relay relay = new Relay(callers, operation);
    Caller[] all = new Caller[callers];
    for (int number = 0; number < callers; number++) {
      all[number] = relay.new Caller(number);
    }
    Thread start = new Thread(() -> relay.start(all), "relay-start");
    start.start();
    try {
      Waiting.linger(time);
      relay.isOver = true;
      relay.ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted while waiting", e);
    } finally {
      relay.isOver = true;
    }
    Throwable thrown = relay.failure.get();
    if (thrown != null) {
      Verdict verdict = Verdict.of(thrown);
      throw new CommandException(verdict.exitCode(), verdict.line(), thrown);
    }
    long sum = 0;
    for (Caller caller : all) {
      sum += caller.operations;
    }
    return sum;
  }

  /** Operations that end where they begin never let go of this thread until the time is over. */
  private void start(Caller[] callers) {
    for (Caller caller : callers) {
      caller.goOn();
    }
  }

  /** One that has one operation under way. What it knows is handed on with that. */
  private final class Caller {

    private final SplittableRandom random;

    /** Operations that have ended and were not followed by another one yet. */
    private final AtomicInteger due = new AtomicInteger();

    private long operations;

    Caller(int number) {
      random = new SplittableRandom(number);
    }

    /**
     * The one before has ended; one that ends at once is followed here, not deeper in the stack.
     */
    void goOn() {
      if (due.getAndIncrement() != 0) {
        return;
      }
      do {
        if (isOver || failure.get() != null) {
          ended.countDown();
          return;
        }
        try {
          operation.apply(random).whenComplete(this::ended);
        } catch (RuntimeException e) { // refused before it began
          failure.compareAndSet(null, e);
          ended.countDown();
          return;
        }
      } while (due.decrementAndGet() != 0);
    }

    private void ended(@Nullable Object result, @Nullable Throwable thrown) {
      operations++;
      if (thrown != null) {
        failure.compareAndSet(null, Verdict.unwrapped(thrown));
      }
      goOn();
    }
  }
}
