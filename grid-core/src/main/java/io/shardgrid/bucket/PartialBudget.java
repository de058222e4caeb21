package io.shardgrid.bucket;

/** A {@link PageBudget} within another: both must have room. Thread-safe. */
final class PartialBudget implements PageBudget {

  private final PageBudget own;
  private final PageBudget whole;

  PartialBudget(PageBudget own, PageBudget whole) {
    this.own = own;
    this.whole = whole;
  }

  @Override
  public boolean reserve(long bytes) {
    if (!own.reserve(bytes)) {
      return false;
    }
    boolean isGranted = whole.reserve(bytes);
    if (!isGranted) {
      own.release(bytes);
    }
    return isGranted;
  }

  @Override
  public void overdraw(long bytes) {
    own.overdraw(bytes);
    whole.overdraw(bytes);
  }

  @Override
  public void release(long bytes) {
    own.release(bytes);
    whole.release(bytes);
  }

  @Override
  public PagePool pool() {
    return whole.pool();
  }

  @Override
  public long reservedBytes() {
    return own.reservedBytes();
  }
}
