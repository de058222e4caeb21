package io.shardgrid.node.backup;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.node.cli.Verdict;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks a cluster again what it could not answer for a while. Stateless. */
final class Patience {

  private static final int ATTEMPTS = 10;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private Patience() {}

  /**
   * Waits for the result of a question that may be put again.
   *
   * @throws GridException that of the last attempt, or one that no further attempt would help
   */
  static <T> T ask(Supplier<CompletionStage<T>> question) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return question.get().toCompletableFuture().get();
      } catch (ExecutionException e) {
        Throwable cause = Verdict.unwrapped(e);
        if (attempt == ATTEMPTS || !isPassing(cause)) {
          throw unchecked(cause);
        }
        Waiting.linger(PAUSE);
      }
    }
  }

  /** The same without waiting: the stage ends as the last attempt. */
  static <T> CompletionStage<T> askLater(Supplier<CompletionStage<T>> question) {
    return attempt(question, 1);
  }

  private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> question, int number) {
    return question
        .get()
        .handle(
            (result, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedStage(result);
              }
              Throwable cause = Verdict.unwrapped(failure);
              if (number == ATTEMPTS || !isPassing(cause)) {
                return CompletableFuture.<T>failedStage(cause);
              }
              Executor later =
                  CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
              return CompletableFuture.supplyAsync(() -> attempt(question, number + 1), later)
                  .thenCompose(next -> next);
            })
        .thenCompose(next -> next);
  }

  private static RuntimeException unchecked(Throwable cause) {
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  private static boolean isPassing(Throwable cause) {
    return cause instanceof GridTimeoutException
        || cause instanceof OutcomeUnknownException
        || cause instanceof GridUnavailableException
        || cause instanceof GridOverloadedException;
  }
}
