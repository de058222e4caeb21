package io.shardgrid.node.drill;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes at a rate beside the load, so that nodes have more to do. Nobody looks at what becomes of
 * them; while as many as may be are under way, it waits.
 *
 * <p>Confined to one thread but for its own.
 */
final class Pump {

  private static final int IN_FLIGHT_MAX = 512;
  private static final int KEYS = 1_024;
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final AsyncMap<String, String> map;
  private final int batch;
  private final Semaphore room = new Semaphore(IN_FLIGHT_MAX);
  private final Thread thread = new Thread(this::run, "drill-pump");
  private volatile boolean isStopping;

  private Pump(GridClient client, int rate) {
    this.map = client.map("pump", Codecs.string(), Codecs.string());
    this.batch = (int) (rate * PERIOD_NANOS / TimeUnit.SECONDS.toNanos(1));
    thread.setDaemon(true);
  }

  /** Writes so many times a second while this runs; returns when no write is under way. */
  static void during(GridClient client, int rate, Runnable course) {
    Pump pump = new Pump(client, rate);
    pump.thread.start();
    try {
      course.run();
    } finally {
      pump.close();
    }
  }

  private void run() {
    long dueNanos = System.nanoTime();
    int next = 0;
    while (!isStopping) {
      for (int i = 0; i < batch; i++) {
        room.acquireUninterruptibly();
        next++;
        var ignored =
            map.put("key-" + next % KEYS, "value-" + next)
                .whenComplete((stored, failure) -> room.release());
      }
      dueNanos = Math.max(dueNanos + PERIOD_NANOS, System.nanoTime() - PERIOD_NANOS);
      LockSupport.parkNanos(dueNanos - System.nanoTime());
    }
  }

  private void close() {
    isStopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    room.acquireUninterruptibly(IN_FLIGHT_MAX);
  }
}
