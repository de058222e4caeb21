package io.shardgrid.node.provision;

import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.ScaleOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has orders carried out beside their callers: begun on one thread of its own, and each only once
 * at a time. Thread-safe.
 */
final class OrderDesk implements AutoCloseable {

  private static final int ORDERS_MAX = 16;

  private final Map<ScaleOrder, CompletableFuture<Provision>> underWay = new HashMap<>();
  private final ScheduledThreadPoolExecutor thread;
  private boolean isClosed;

  OrderDesk(String name) {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread one = new Thread(task, "grid-provision-" + name);
              one.setDaemon(true);
              return one;
            });
  }

  /**
   * Begins with an order, unless that is under way: then its end is everybody's.
   *
   * @param work runs on the desk's thread
   */
  CompletionStage<Provision> carryOut(
      ScaleOrder order, Supplier<? extends CompletionStage<Provision>> work) {
    CompletableFuture<Provision> end;
    synchronized (this) {
      CompletableFuture<Provision> before = underWay.get(order);
      if (before != null) {
        return before.minimalCompletionStage();
      }
      if (isClosed) {
        return CompletableFuture.completedStage(closed());
      }
      if (underWay.size() >= ORDERS_MAX) {
        return CompletableFuture.completedStage(
            new Provision.Failed(
                "too many orders are under way: order=" + order.number() + ", most=" + ORDERS_MAX));
      }
      end = new CompletableFuture<>();
      underWay.put(order, end);
      thread.execute(() -> begin(order, work, end));
    }
    return end.minimalCompletionStage();
  }

  private void begin(
      ScaleOrder order,
      Supplier<? extends CompletionStage<Provision>> work,
      CompletableFuture<Provision> end) {
    CompletionStage<Provision> done;
    try {
      done = work.get();
    } catch (RuntimeException e) {
      done = CompletableFuture.failedStage(e);
    }
    done.whenComplete(
        (provision, failure) -> {
          forget(order);
          if (provision != null) {
            end.complete(provision);
          } else {
            end.completeExceptionally(failure);
          }
        });
  }

  private synchronized void forget(ScaleOrder order) {
    underWay.remove(order);
  }

  /** Completes after a while, on the desk's thread. */
  CompletableFuture<Void> pause(Duration duration) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    try {
      thread.schedule(() -> over.complete(null), duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      over.completeExceptionally(e);
    }
    return over;
  }

  /** Ends what is under way here; what was started lives on. */
  @Override
  public void close() {
    List<CompletableFuture<Provision>> open;
    synchronized (this) {
      isClosed = true;
      open = List.copyOf(underWay.values());
      underWay.clear();
    }
    // First: what waits on the thread fails when that is gone.
    open.forEach(end -> end.complete(closed()));
    thread.shutdownNow();
  }

  private static Provision closed() {
    return new Provision.Failed("this node is ending: another one carries the order out");
  }
}
