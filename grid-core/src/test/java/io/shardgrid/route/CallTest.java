package io.shardgrid.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.wire.Answer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On which thread a caller's future completes, and that it does. */
@Timeout(30)
final class CallTest {

  private static final Answer.Amount ANSWER = new Answer.Amount(42);

  private final Deque<Runnable> callbacks = new ArrayDeque<>();
  private final Call<Long> call = Call.of(Answers::amount, callbacks::add);

  @Test
  void completesBeforeItIsHandedOutWhenTheAnswerIsThere() {
    call.resolved(ANSWER);
    assertThat(call.isDone()).isFalse();
    assertThat(call.submitted()).isCompletedWithValue(42L);
    assertThat(callbacks).isEmpty();
  }

  @Test
  void leavesALaterAnswerToTheExecutor() {
    CompletableFuture<Thread> dependent =
        call.submitted().thenApply(value -> Thread.currentThread());
    runs(() -> call.resolved(ANSWER));
    assertThat(call.isDone()).isFalse();
    runCallbacks();
    assertThat(call).isCompletedWithValue(42L);
    assertThat(dependent).isCompletedWithValue(Thread.currentThread());
  }

  @Test
  void failsWithTheFailureItself() {
    call.failed(new GridTimeoutException("too late"));
    assertThatThrownBy(() -> call.submitted().get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(GridTimeoutException.class);
  }

  @Test
  void failsWhenTheAnswerCannotBeDecoded() {
    Call<Long> broken =
        Call.of(
            answer -> {
              throw new CodecException("no number");
            },
            callbacks::add);
    broken.resolved(ANSWER);
    assertThatThrownBy(() -> broken.submitted().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(CodecException.class);
  }

  @Test
  void isCompletedByTheThreadThatJoins() throws Exception {
    call.submitted();
    CompletableFuture<Thread> dependent = call.thenApply(value -> Thread.currentThread());
    FutureTask<Long> joining = new FutureTask<>(call::join);
    Thread waiter = waiting(joining);
    call.resolved(ANSWER);
    assertThat(joining.get()).isEqualTo(42);
    assertThat(dependent).isCompletedWithValue(waiter);
    assertThat(callbacks).isEmpty();
  }

  @Test
  void isCompletedByTheThreadThatGetsWithATimeout() throws Exception {
    call.submitted();
    FutureTask<Long> getting = new FutureTask<>(() -> call.get(20, TimeUnit.SECONDS));
    waiting(getting);
    call.failed(new GridTimeoutException("too late"));
    assertThatThrownBy(getting::get).rootCause().isInstanceOf(GridTimeoutException.class);
    assertThat(callbacks).isEmpty();
  }

  @Test
  void goesToTheExecutorWhenTheWaiterHasGivenUp() {
    call.submitted();
    assertThatThrownBy(() -> call.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    runs(() -> call.resolved(ANSWER));
    runCallbacks();
    assertThat(call).isCompletedWithValue(42L);
  }

  @Test
  void stopsAGetThatIsInterrupted() throws Exception {
    call.submitted();
    for (Callable<Long> way :
        List.<Callable<Long>>of(call::get, () -> call.get(20, TimeUnit.SECONDS))) {
      FutureTask<Long> getting = new FutureTask<>(way);
      waiting(getting).interrupt();
      assertThatThrownBy(getting::get).hasCauseInstanceOf(InterruptedException.class);
    }
    call.resolved(ANSWER);
    runCallbacks();
    assertThat(call).isCompletedWithValue(42L);
  }

  @Test
  void goesOnWithAJoinThatIsInterrupted() throws Exception {
    call.submitted();
    FutureTask<Boolean> joining =
        new FutureTask<>(() -> call.join() == 42 && Thread.currentThread().isInterrupted());
    waiting(joining).interrupt();
    call.resolved(ANSWER);
    assertThat(joining.get()).isTrue();
  }

  @Test
  void wakesTheWaiterWhenItIsCancelled() {
    call.submitted();
    FutureTask<Long> joining = new FutureTask<>(call::join);
    waiting(joining);
    call.cancel(false);
    assertThatThrownBy(joining::get).hasCauseInstanceOf(CancellationException.class);
    call.resolved(ANSWER);
    runCallbacks();
    assertThat(call).isCancelled();
  }

  @Test
  void wakesTheWaiterWhenItsUserSetsATimeout() {
    call.submitted();
    FutureTask<Long> joining = new FutureTask<>(call::join);
    waiting(joining);
    call.orTimeout(1, TimeUnit.MILLISECONDS);
    assertThatThrownBy(joining::get).rootCause().isInstanceOf(TimeoutException.class);
  }

  @Test
  void wakesAllWhoWait() throws Exception {
    call.submitted();
    FutureTask<Long> first = new FutureTask<>(call::join);
    FutureTask<Long> second = new FutureTask<>(call::get);
    waiting(first);
    waiting(second);
    call.resolved(ANSWER);
    assertThat(first.get()).isEqualTo(42);
    assertThat(second.get()).isEqualTo(42);
  }

  @Test
  void endsAlsoWhenTheExecutorIsClosed() {
    Call<Long> late =
        Call.of(
            Answers::amount,
            task -> {
              throw new RejectedExecutionException("closed");
            });
    late.submitted();
    runs(() -> late.resolved(ANSWER));
    assertThat(late).isCompletedWithValue(42L);
  }

  private void runCallbacks() {
    for (Runnable next = callbacks.poll(); next != null; next = callbacks.poll()) {
      next.run();
    }
  }

  /** Runs on a thread of its own, to its end. */
  private static void runs(Runnable task) {
    CompletableFuture.runAsync(task, each -> new Thread(each).start()).join();
  }

  /** A thread that runs this task and has come so far that it waits. */
  private static Thread waiting(FutureTask<?> task) {
    Thread thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      LockSupport.parkNanos(100_000);
    }
    return thread;
  }
}
