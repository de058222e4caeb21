package io.shardgrid.node.comparison;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Closed loops over keys drawn at random: threads that call and wait, or one thread that keeps
 * calls in flight. For throughput, and for the latency that a product has as long as callers wait
 * for it.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class Load {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long END_SECONDS_MAX = 60;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int KEY_CHARS = 16;
  private static final int ARRAY_HEAD_BYTES = 16;

  private final Product product;
  private final String[] keys;
  private final int valueBytes;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What one measurement does. */
  enum Kind {
    GET("get"),
    PUT("put"),
    MIXED("mixed");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    boolean isGet(SplittableRandom random) {
      return this == GET || (this == MIXED && random.nextBoolean());
    }
  }

  /** A load over so many keys; their texts are never those that a map holds. */
  Load(Product product, int entries, int valueBytes) {
    this.product = product;
    this.valueBytes = valueBytes;
    this.keys = new String[entries];
    for (int number = 0; number < entries; number++) {
      keys[number] = key(number);
    }
  }

  private static String key(int number) {
    String digits = Integer.toString(number);
    return "k" + "0".repeat(KEY_CHARS - 1 - digits.length()) + digits;
  }

  /** Writes every key once, each with an array of its own. */
  void fill(int inFlight) throws InterruptedException {
    if (!product.isAsync()) {
      for (int number = 0; number < keys.length; number++) {
        product.put(key(number), new byte[valueBytes]);
      }
      return;
    }
    Flight flight = new Flight(inFlight);
    for (int number = 0; number < keys.length; number++) {
      flight.one(false, key(number));
    }
    if (flight.land() > 0) {
      throw new IllegalStateException("filling failed: errors=" + flight.errors.sum());
    }
  }

  /**
   * Threads that have one call open each.
   *
   * @param sampleEvery so many calls are counted for one that is timed: where a call takes less
   *     than a microsecond, reading the clock twice would be as much again
   */
  Figure sync(String name, Kind kind, int callers, int seconds, int sampleEvery)
      throws InterruptedException {
    Processors processors = new Processors();
    long fromNanos = System.nanoTime();
    long toNanos = fromNanos + TimeUnit.SECONDS.toNanos(seconds);
    List<Caller> all = new ArrayList<>();
    for (int number = 0; number < callers; number++) {
      Caller caller = new Caller(kind, number, toNanos, sampleEvery);
      all.add(caller);
      caller.start();
    }
    Histogram latency = new Histogram(1, LONGEST_NANOS, 3);
    long calls = 0;
    long errors = 0;
    long allocated = 0;
    for (Caller caller : all) {
      caller.join();
      latency.add(caller.latency);
      calls += caller.calls;
      errors += caller.errors;
      allocated += caller.allocated;
    }
    double took = (System.nanoTime() - fromNanos) / NANOS_PER_SECOND;
    double each = (double) allocated / calls - own(kind);
    return Figure.of(name, calls / took, latency, errors, each, processors.others());
  }

  /** What the load itself allocates for a call: the value of a put. */
  private double own(Kind kind) {
    return kind == Kind.PUT ? (ARRAY_HEAD_BYTES + valueBytes + 7) / 8 * 8 : 0;
  }

  private final class Caller extends Thread {

    private final Kind kind;
    private final SplittableRandom random;
    private final long toNanos;
    private final int sampleEvery;
    private final Histogram latency = new Histogram(1, LONGEST_NANOS, 3);
    private long calls;
    private long errors;
    private long allocated;

    Caller(Kind kind, int number, long toNanos, int sampleEvery) {
      super("load-" + number);
      this.kind = kind;
      this.random = new SplittableRandom(number);
      this.toNanos = toNanos;
      this.sampleEvery = sampleEvery;
    }

    @Override
    public void run() {
      long before = threads.getCurrentThreadAllocatedBytes();
      long endNanos = System.nanoTime();
      while (endNanos - toNanos < 0) {
        for (int untimed = 1; untimed < sampleEvery; untimed++) {
          call();
        }
        long beginNanos = System.nanoTime();
        call();
        endNanos = System.nanoTime();
        latency.recordValue(Math.min(LONGEST_NANOS, Math.max(1, endNanos - beginNanos)));
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void call() {
      String key = keys[random.nextInt(keys.length)];
      calls++;
      try {
        if (kind.isGet(random)) {
          byte[] value = product.get(key);
          errors += value == null || value.length != valueBytes ? 1 : 0;
        } else {
          product.put(key, new byte[valueBytes]);
        }
      } catch (RuntimeException e) {
        errors++;
      }
    }
  }

  /** One thread that keeps calls open. */
  Figure async(String name, Kind kind, int inFlight, int seconds) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(0);
    Flight flight = new Flight(inFlight);
    Processors processors = new Processors();
    long before = threads.getCurrentThreadAllocatedBytes();
    long calls = 0;
    long fromNanos = System.nanoTime();
    long toNanos = fromNanos + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - toNanos < 0) {
      flight.one(kind.isGet(random), keys[random.nextInt(keys.length)]);
      calls++;
    }
    long errors = flight.land();
    double took = (System.nanoTime() - fromNanos) / NANOS_PER_SECOND;
    double allocated = threads.getCurrentThreadAllocatedBytes() - before;
    double each = allocated / calls - own(kind);
    double eachSecond = flight.latency.getTotalCount() / took;
    return Figure.of(name, eachSecond, flight.latency, errors, each, processors.others());
  }

  /** Calls that are open. */
  private final class Flight {

    private final int inFlight;
    private final Semaphore free;
    private final ConcurrentHistogram latency = new ConcurrentHistogram(1, LONGEST_NANOS, 3);
    private final LongAdder errors = new LongAdder();

    Flight(int inFlight) {
      this.inFlight = inFlight;
      this.free = new Semaphore(inFlight);
    }

    void one(boolean isGet, String key) throws InterruptedException {
      free.acquire();
      long fromNanos = System.nanoTime();
      CompletionStage<?> call;
      try {
        call =
            isGet ? product.getAsync(key, valueBytes) : product.putAsync(key, new byte[valueBytes]);
      } catch (RuntimeException e) {
        errors.increment();
        free.release();
        return;
      }
      call.whenComplete(
          (result, failure) -> {
            if (failure != null || (isGet && !Boolean.TRUE.equals(result))) {
              errors.increment();
            } else {
              long nanos = System.nanoTime() - fromNanos;
              latency.recordValue(Math.min(LONGEST_NANOS, Math.max(1, nanos)));
            }
            free.release();
          });
    }

    /** Waits for those that are open. Returns how many failed, or never ended. */
    long land() throws InterruptedException {
      boolean isEnded = free.tryAcquire(inFlight, END_SECONDS_MAX, TimeUnit.SECONDS);
      return errors.sum() + (isEnded ? 0 : inFlight - free.availablePermits());
    }
  }
}
