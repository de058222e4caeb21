package io.shardgrid.client;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the pool that completes stages and runs what depends on them; its threads are daemons. */
public final class CallbackThreads {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackThreads.class);

  private CallbackThreads() {}

  /** A pool in asynchronous mode: first come, first served. */
  public static ForkJoinPool pool(int threads) {
    AtomicInteger number = new AtomicInteger();
    return new ForkJoinPool(
        threads,
        pool -> new CallbackThread(pool, number.incrementAndGet()),
        (thread, failure) -> LOG.error("A callback failed: thread={}", thread.getName(), failure),
        true);
  }

  private static final class CallbackThread extends ForkJoinWorkerThread {
    CallbackThread(ForkJoinPool pool, int number) {
      super(pool);
      setName("grid-client-callback-" + number);
    }
  }
}
