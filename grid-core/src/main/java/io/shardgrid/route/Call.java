package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.wire.Answer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The future that a caller gets. Decoding the answer and running what depends on it never happens
 * within a shard's turn or on an event loop, but on one of three threads: the submitting one, when
 * the answer is there before the call returns; the one that waits in {@code join} or {@code get},
 * which spares a wake-up; else one of the callback executor.
 */
abstract class Call<R> extends CompletableFuture<R> implements Outcome, Runnable {

  /** Turns an answer into the caller's result; may throw a {@link GridException}. */
  interface Decoder<R> {
    R decode(Answer answer);
  }

  /** The same for an operation on a key. */
  interface KeyDecoder<K, R> {
    R decode(K key, Answer answer);
  }

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Call.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final Object CLAIMED = new Object();

  private final Executor callbacks;

  /** Null, then a waiting thread perhaps, then the answer or failure, then CLAIMED. */
  private volatile @Nullable Object state;

  /** What has arrived before this future was handed out, by its own thread. */
  private @Nullable Object early;

  /** Read by other threads without order: they only compare it with themselves. */
  private @Nullable Thread submitter = Thread.currentThread();

  private Call(Executor callbacks) {
    this.callbacks = callbacks;
  }

  /** A future that has not been submitted yet. */
  static <R> Call<R> of(Decoder<R> decoder, Executor callbacks) {
    return new Call<>(callbacks) {
      @Override
      R decode(Answer answer) {
        return decoder.decode(answer);
      }
    };
  }

  /** The same for an operation on a key; the decoder is the same for all keys. */
  static <K, R> Call<R> of(KeyDecoder<K, R> decoder, K key, Executor callbacks) {
    return new OfKey<>(decoder, key, callbacks);
  }

  private static final class OfKey<K, R> extends Call<R> {
    private final KeyDecoder<K, R> decoder;
    private final K key;

    OfKey(KeyDecoder<K, R> decoder, K key, Executor callbacks) {
      super(callbacks);
      this.decoder = decoder;
      this.key = key;
    }

    @Override
    R decode(Answer answer) {
      return decoder.decode(key, answer);
    }
  }

  abstract R decode(Answer answer);

  @Override
  public void resolved(Answer answer) {
    arrived(answer);
  }

  @Override
  public void failed(GridException failure) {
    arrived(failure);
  }

  /** The submitting thread is about to hand this future out. */
  Call<R> submitted() {
    submitter = null;
    Object known = early;
    if (known != null) {
      state = CLAIMED;
      end(known);
    } else if (state != null) {
      run();
    }
    return this;
  }

  private void arrived(Object outcome) {
    if (Thread.currentThread() == submitter) {
      early = outcome;
      return;
    }
    Object before = STATE.getAndSet(this, outcome);
    if (before instanceof Thread waiter) {
      LockSupport.unpark(waiter);
    } else {
      handOver();
    }
  }

  private void handOver() {
    try {
      callbacks.execute(this);
    } catch (RejectedExecutionException e) {
      // The grid is closed and its threads are gone; the future has to end nevertheless.
      run();
    }
  }

  /** Completes this future with what has arrived, unless another thread does. */
  @Override
  public void run() {
    Object outcome = state;
    if (outcome == null
        || outcome == CLAIMED
        || outcome instanceof Thread
        || !STATE.compareAndSet(this, outcome, CLAIMED)) {
      return;
    }
    end(outcome);
  }

  private void end(Object outcome) {
    if (outcome instanceof GridException failure) {
      completeExceptionally(failure);
      return;
    }
    try {
      complete(decode((Answer) outcome));
    } catch (RuntimeException | Error e) {
      completeExceptionally(e);
    }
  }

  @Override
  public boolean complete(R value) {
    boolean isFirst = super.complete(value);
    wakeWaiter();
    return isFirst;
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean isFirst = super.completeExceptionally(failure);
    wakeWaiter();
    return isFirst;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean isCancelled = super.cancel(mayInterruptIfRunning);
    wakeWaiter();
    return isCancelled;
  }

  private void wakeWaiter() {
    if (state instanceof Thread waiter) {
      LockSupport.unpark(waiter);
    }
  }

  @Override
  public R join() {
    if (waitsItself()) {
      boolean wasInterrupted = false;
      while (state == Thread.currentThread() && !isDone()) {
        LockSupport.park(this);
        wasInterrupted |= Thread.interrupted();
      }
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
      run();
    }
    return super.join();
  }

  @Override
  public R get() throws InterruptedException, ExecutionException {
    if (waitsItself()) {
      while (state == Thread.currentThread() && !isDone()) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          stopWaiting();
          throw new InterruptedException();
        }
      }
      run();
    }
    return super.get();
  }

  @Override
  public R get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (waitsItself()) {
      long deadline = System.nanoTime() + unit.toNanos(timeout);
      while (state == Thread.currentThread() && !isDone()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          stopWaiting();
          throw new TimeoutException();
        }
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          stopWaiting();
          throw new InterruptedException();
        }
      }
      run();
      return super.get();
    }
    return super.get(timeout, unit);
  }

  /**
   * Makes this thread the one that completes the future. Workers of a pool leave it to the
   * executor: {@code CompletableFuture} lets their pool make up for them while they wait.
   */
  private boolean waitsItself() {
    return !isDone()
        && !(Thread.currentThread() instanceof ForkJoinWorkerThread)
        && STATE.compareAndSet(this, null, Thread.currentThread());
  }

  private void stopWaiting() {
    if (!STATE.compareAndSet(this, Thread.currentThread(), null)) {
      handOver();
    }
  }
}
