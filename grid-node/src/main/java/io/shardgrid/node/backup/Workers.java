package io.shardgrid.node.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A few threads that do one task after the other, each with the next one of a list. */
final class Workers {

  private static final long END_SECONDS_MAX = 10;

  /** One task, by its number. */
  interface Task<T> {
    T run(int number) throws Exception;
  }

  private Workers() {}

  /**
   * Does tasks 0 to {@code tasks - 1} and returns what they came to, in their order. Ends with the
   * first failure; those that have begun are interrupted then.
   *
   * @throws InterruptedException if the thread that waits is interrupted
   */
  static <T> List<T> run(int threads, int tasks, Task<T> task) throws Exception {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Math.min(threads, tasks)), Workers::thread);
    try {
      List<Future<T>> results = new ArrayList<>(tasks);
      for (int i = 0; i < tasks; i++) {
        int number = i;
        results.add(pool.submit(() -> runOne(number, task, failure)));
      }
      return resultsOf(results, failure);
    } finally {
      pool.shutdownNow();
      pool.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "grid-backup");
    thread.setDaemon(true);
    return thread;
  }

  private static <T> T runOne(
      int number, Task<T> task, AtomicReference<@Nullable Exception> failure) throws Exception {
    if (failure.get() != null) {
      throw new CancellationException("another task has failed: number=" + number);
    }
    try {
      return task.run(number);
    } catch (Exception e) {
      failure.compareAndSet(null, e);
      throw e;
    }
  }

  private static <T> List<T> resultsOf(
      List<Future<T>> futures, AtomicReference<@Nullable Exception> failure) throws Exception {
    List<T> results = new ArrayList<>(futures.size());
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        Exception first = failure.get();
        throw first == null ? e : first;
      }
    }
    return results;
  }
}
