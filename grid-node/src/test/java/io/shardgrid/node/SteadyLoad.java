package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes and reads counters through a client until it is stopped, each key by one operation at a
 * time: so what a key must hold is known whatever happens. {@link #stop} checks all of it.
 */
final class SteadyLoad {

  private static final int KEYS = 2_000;
  private static final int IN_FLIGHT = 64;
  private static final long PACE_NANOS = 1_000_000;

  private final AsyncMap<String, Long> map;
  private final Semaphore free = new Semaphore(IN_FLIGHT);
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, CompletableFuture<Long>> last = new HashMap<>();
  private final AtomicLong slowestNanos = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final Thread thread;
  private volatile boolean isStopping;

  SteadyLoad(GridClient client) {
    this.map = client.map("counters", Codecs.string(), Codecs.decimal());
    this.thread = new Thread(this::run, "load");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!isStopping) {
      for (int key = 0; key < KEYS && !isStopping; key++) {
        free.acquireUninterruptibly();
        step("key-" + key);
        LockSupport.parkNanos(PACE_NANOS);
      }
    }
  }

  /** What the key holds, one more, once its former step has ended. */
  private void step(String key) {
    CompletableFuture<Long> before = last.getOrDefault(key, CompletableFuture.completedFuture(0L));
    long began = System.nanoTime();
    CompletableFuture<Long> next =
        before
            .thenCompose(value -> increment(key, value))
            .whenComplete(
                (value, failure) -> {
                  slowestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
                  done.incrementAndGet();
                  free.release();
                  if (failure != null) {
                    failures.add(failure);
                  }
                });
    last.put(key, next);
  }

  private CompletableFuture<Long> increment(String key, long before) {
    return map.get(key)
        .thenCompose(
            found -> {
              assertThat(found.orElse(0L)).as("read of %s", key).isEqualTo(before);
              return map.put(key, before + 1);
            })
        .thenApply(stored -> before + 1)
        .toCompletableFuture();
  }

  /** Steps that have ended so far. */
  long done() {
    return done.get();
  }

  /** Goes on for a while. */
  void awaitSteps(long more) {
    long end = done.get() + more;
    while (done.get() < end && failures.isEmpty()) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  /** Ends, and checks that nothing failed and that every key holds what was acknowledged. */
  void stop() throws InterruptedException {
    isStopping = true;
    thread.join();
    free.acquireUninterruptibly(IN_FLIGHT);
    System.out.printf(
        "%d steps of a read and a write, slowest %d ms, failures %d%n",
        done.get(), slowestNanos.get() / 1_000_000, failures.size());
    assertThat(failures).isEmpty();
    last.forEach(
        (key, value) ->
            assertThat(map.get(key).toCompletableFuture().join()).as(key).contains(value.join()));
  }
}
