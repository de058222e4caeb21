package io.shardgrid.bucket;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link PageBudget} with a fixed limit, kept in one counter. Thread-safe. */
final class CountedBudget implements PageBudget {

  private final long bytesMax;
  private final AtomicLong reserved = new AtomicLong();
  private final PagePool pool = new PagePool(ForkJoinPool.commonPool());

  CountedBudget(long bytesMax) {
    if (bytesMax < 0) {
      throw new IllegalArgumentException("a budget is not negative: bytesMax=" + bytesMax);
    }
    this.bytesMax = bytesMax;
  }

  @Override
  public boolean reserve(long bytes) {
    long current;
    do {
      current = reserved.get();
      if (bytes > bytesMax - current) {
        return false;
      }
    } while (!reserved.compareAndSet(current, current + bytes));
    return true;
  }

  @Override
  public void overdraw(long bytes) {
    reserved.addAndGet(bytes);
  }

  @Override
  public void release(long bytes) {
    reserved.addAndGet(-bytes);
  }

  @Override
  public PagePool pool() {
    return pool;
  }

  @Override
  public long reservedBytes() {
    return reserved.get();
  }
}
