package io.shardgrid.actor;

import io.shardgrid.loader.StoreBinding;
import io.shardgrid.loader.StoreRefusal;
import io.shardgrid.loader.StoreSettings;
import io.shardgrid.shard.ErrandResult;
import io.shardgrid.shard.StoreErrand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches of writes to the store of one map, so many at once. Each shard has one under way at
 * a time, which bounds those that wait. Thread-safe.
 *
 * <p>A batch that has waited for longer than it may take is not begun: whoever serves the shard by
 * then relies on its not being so late.
 */
final class StoreWrites {

  private final StoreBinding<?, ?> binding;
  private final int atOnceMax;
  private final long timeoutNanos;
  private final Executor pool;
  private final ArrayDeque<Batch> queue = new ArrayDeque<>();
  private final Set<Batch> calls = new LinkedHashSet<>();

  /** A batch, and who is told. */
  private static final class Batch {
    private final StoreErrand.Write write;
    private final Consumer<ErrandResult> returned;
    private final long askedNanos;
    private long begunNanos;
    private boolean isTold;

    Batch(StoreErrand.Write write, Consumer<ErrandResult> returned, long askedNanos) {
      this.write = write;
      this.returned = returned;
      this.askedNanos = askedNanos;
    }
  }

  StoreWrites(StoreBinding<?, ?> binding, StoreSettings settings, Executor pool) {
    this.binding = binding;
    this.atOnceMax = settings.writesAtOnceMax();
    this.timeoutNanos = settings.writeTimeout().toNanos();
    this.pool = pool;
  }

  synchronized int atOnce() {
    return calls.size();
  }

  synchronized int queued() {
    return queue.size();
  }

  void submit(StoreErrand.Write write, Consumer<ErrandResult> returned, long nowNanos) {
    synchronized (this) {
      queue.add(new Batch(write, returned, nowNanos));
    }
    pump(nowNanos);
  }

  /** Gives up what takes too long. */
  void tick(long nowNanos) {
    List<Batch> late = new ArrayList<>();
    synchronized (this) {
      for (Batch one : calls) {
        if (!one.isTold && nowNanos - one.begunNanos >= timeoutNanos) {
          one.isTold = true;
          late.add(one);
        }
      }
    }
    late.forEach(one -> failed(one, "the store takes too long, grid.store.writes.timeout"));
    pump(nowNanos);
  }

  private void pump(long nowNanos) {
    Batch next = poll(nowNanos);
    while (next != null) {
      Batch one = next;
      if (nowNanos - one.askedNanos >= timeoutNanos) {
        leave(one);
        failed(one, "it has waited too long for its turn, grid.store.writes.at-once-max");
      } else if (!execute(() -> call(one))) {
        leave(one);
      }
      next = poll(nowNanos);
    }
  }

  private synchronized @Nullable Batch poll(long nowNanos) {
    Batch next = calls.size() < atOnceMax ? queue.poll() : null;
    if (next != null) {
      next.begunNanos = nowNanos;
      calls.add(next);
    }
    return next;
  }

  private synchronized boolean leave(Batch one) {
    calls.remove(one);
    boolean isAwaited = !one.isTold;
    one.isTold = true;
    return isAwaited;
  }

  private void call(Batch one) {
    List<StoreBinding.Bytes> writes = new ArrayList<>(one.write.items().size());
    for (StoreErrand.Item item : one.write.items()) {
      writes.add(new StoreBinding.Bytes(item.key(), item.value(), item.stamp()));
    }
    StoreDesk.stage(() -> binding.write(writes))
        .whenComplete((refused, failure) -> ended(one, refused, failure));
  }

  private void ended(Batch one, @Nullable List<StoreRefusal> refused, @Nullable Throwable failure) {
    if (leave(one)) {
      if (failure != null) {
        failed(one, StoreDesk.reasonOf(failure));
      } else {
        List<StoreRefusal> refusals = refused == null ? List.of() : refused;
        one.returned.accept(
            new ErrandResult.Written(one.write, StoreDesk.refused(one.write, refusals)));
      }
    }
    pump(System.nanoTime());
  }

  private void failed(Batch one, String reason) {
    one.returned.accept(new ErrandResult.NotWritten(one.write, reason));
  }

  private boolean execute(Runnable task) {
    try {
      pool.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false; // the node is closing
    }
  }
}
