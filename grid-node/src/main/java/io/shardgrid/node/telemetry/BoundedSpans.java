package io.shardgrid.node.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Hands spans that have ended on, as long as few enough of them wait, and counts those that it has
 * handed on and those that it has dropped. Thread-safe; threads that end spans at one moment may go
 * past the bound by their number.
 */
final class BoundedSpans implements SpanProcessor {

  private final SpanProcessor next;
  private final int waitingMax;
  private final LongSupplier gone;
  private final LongAdder taken = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /**
   * A bound before another processor.
   *
   * @param gone how many of the spans that were handed on wait no more
   */
  BoundedSpans(SpanProcessor next, int waitingMax, LongSupplier gone) {
    this.next = next;
    this.waitingMax = waitingMax;
    this.gone = gone;
  }

  /** Spans that have ended, dropped ones among them. */
  long ended() {
    return taken.sum() + dropped.sum();
  }

  long dropped() {
    return dropped.sum();
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (taken.sum() - gone.getAsLong() < waitingMax) {
      taken.increment();
      next.onEnd(span);
    } else {
      dropped.increment();
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return next.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return next.forceFlush();
  }
}
