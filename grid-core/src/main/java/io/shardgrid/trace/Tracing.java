package io.shardgrid.trace;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides once, where an operation comes in, whether it is followed; and opens the spans of those
 * that are.
 *
 * <p>A trace is begun for a share of the operations. One that the caller has begun is gone on with
 * if the caller's is recorded, and only then. Both are bounded a second: whoever asks for more is
 * served and not followed, so that nobody can make a node trace everything. Thread-safe.
 */
public final class Tracing {

  private static final double UNIT = 0x1.0p-53;
  private static final int SPARE_BITS = 11;

  private final GridTracer tracer;
  private final LongSupplier nanoClock;
  private final LongSupplier chance;
  private final double sampleRatio;
  private final Pace begun;
  private final Pace takenOver;

  /**
   * Decides by these settings.
   *
   * @param chance draws 64 random bits
   */
  public Tracing(
      GridTracer tracer, TraceSettings settings, LongSupplier nanoClock, LongSupplier chance) {
    this.tracer = tracer;
    this.nanoClock = nanoClock;
    this.chance = chance;
    this.sampleRatio = settings.sampleRatio();
    this.begun = new Pace(settings.perSecondMax());
    this.takenOver = new Pace(settings.perSecondMax());
  }

  /**
   * Opens the first span of an operation in this process, if it is to be followed.
   *
   * @param told what the caller has said it belongs to; null if nothing: then what this thread
   *     works for counts
   * @param what the operation, and first word of the span's name
   * @param on what it is about, and second word; empty for none
   * @return null if it is not followed
   */
  public @Nullable TraceSpan enter(
      SpanKind kind, @Nullable TraceContext told, String what, String on) {
    TraceContext parent = told == null ? tracer.current() : told;
    boolean isFollowed =
        parent == null
            ? isChosen() && begun.take(nanoClock.getAsLong())
            : parent.isSampled() && takenOver.take(nanoClock.getAsLong());
    return isFollowed ? tracer.begin(kind, name(what, on), parent) : null;
  }

  /** Opens a span of an operation that is followed already. */
  public @Nullable TraceSpan below(TraceContext parent, SpanKind kind, String what, String on) {
    return parent.isSampled() ? tracer.begin(kind, name(what, on), parent) : null;
  }

  /** Opens the first span of a trace with these numbers, whatever the share. */
  public @Nullable TraceSpan beginAs(TraceContext self, String name) {
    return tracer.beginAs(self, name);
  }

  /**
   * Does work of an operation for which it was decided: what this thread asks the grid for is then
   * followed if there is a span, and is not if there is none.
   */
  public <T> T within(@Nullable TraceSpan span, Supplier<T> work) {
    return tracer.within(span == null ? TraceContext.UNSAMPLED : span.context(), work);
  }

  /** What this thread works for; null if nobody has said so. */
  public @Nullable TraceContext current() {
    return tracer.current();
  }

  /** Operations that were to be followed and were too many. */
  public long refused() {
    return begun.refused() + takenOver.refused();
  }

  private boolean isChosen() {
    return (chance.getAsLong() >>> SPARE_BITS) * UNIT < sampleRatio;
  }

  private static String name(String what, String on) {
    return on.isEmpty() ? what : what + " " + on;
  }
}
