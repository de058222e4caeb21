package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.meter.OperationOutcome;
import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.trace.Tracing;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The span of an operation at its shard, from its arrival to its answer. Ended by whoever ends the
 * operation; the rest is confined to the shard's turns.
 */
final class FollowedSink implements AnswerSink {

  private static final int NANOS_PER_MICRO = 1000;

  private final TraceSpan span;
  private final AnswerSink to;
  private final TimedSink.Timer timer;
  private final long arrivedNanos;
  private long turnBeganNanos;
  private long turnEndedNanos;

  private FollowedSink(TraceSpan span, AnswerSink to, TimedSink.Timer timer) {
    this.span = span;
    this.to = to;
    this.timer = timer;
    this.arrivedNanos = System.nanoTime();
    this.turnBeganNanos = arrivedNanos;
  }

  /**
   * Opens the span of an operation that has arrived.
   *
   * @param parent what the operation says
   * @param timer hears how long it took
   * @return {@code to} itself if nothing is recorded here
   */
  static AnswerSink open(
      @Nullable Tracing tracing,
      TraceContext parent,
      Operation operation,
      AnswerSink to,
      TimedSink.Timer timer) {
    if (tracing == null) {
      return to;
    }
    NodeId from = to.node();
    SpanKind kind = from == null ? SpanKind.INTERNAL : SpanKind.SERVER;
    String word = operation.request().kind().word();
    TraceSpan span = tracing.below(parent, kind, "shard " + word, operation.map());
    if (span == null) {
      return to;
    }
    span.put(SpanNames.SYSTEM, SpanNames.SHARDGRID)
        .put(SpanNames.OPERATION, word)
        .put(SpanNames.MAP, operation.map())
        .put(SpanNames.SHARD, operation.shard())
        .put(SpanNames.EPOCH, operation.minEpoch());
    if (from != null) {
      span.put(SpanNames.NODE, from.address());
    }
    return new FollowedSink(span, to, timer);
  }

  /** The one within a sink; null if there is none. */
  static @Nullable FollowedSink of(AnswerSink sink) {
    AnswerSink inner = sink instanceof TimedSink timed ? timed.to() : sink;
    return inner instanceof FollowedSink followed ? followed : null;
  }

  /** What goes on from here belongs to this span. */
  TraceContext context() {
    return span.context();
  }

  void turnBegins(long nowNanos) {
    turnBeganNanos = nowNanos;
    turnEndedNanos = 0;
  }

  void turnEnds(long nowNanos) {
    turnEndedNanos = nowNanos;
  }

  @Override
  public void answered(Operation operation, Answer answer) {
    end(operation, answer);
    to.answered(operation, answer);
  }

  /** The backup has told it before its primary could. */
  void toldElsewhere(Operation operation, Answer answer) {
    span.event("told by the backup");
    end(operation, answer);
  }

  private void end(Operation operation, Answer answer) {
    if (answer instanceof Answer.Failed failed) {
      span.fail(failed.code().name().toLowerCase(Locale.ROOT));
    }
    long nowNanos = end(OperationOutcome.of(answer));
    timer.followed(operation, answer, nowNanos - arrivedNanos, span.context());
  }

  private long end(OperationOutcome outcome) {
    long nowNanos = System.nanoTime();
    long turnNanos = (turnEndedNanos == 0 ? nowNanos : turnEndedNanos) - turnBeganNanos;
    span.put(SpanNames.OUTCOME, outcome.name().toLowerCase(Locale.ROOT))
        .put(SpanNames.WAIT, (turnBeganNanos - arrivedNanos) / NANOS_PER_MICRO)
        .put(SpanNames.TURN, turnNanos / NANOS_PER_MICRO)
        .end();
    return nowNanos;
  }

  @Override
  public @Nullable NodeId node() {
    return to.node();
  }

  @Override
  public void dropped(Operation operation) {
    end(OperationOutcome.DROPPED);
    to.dropped(operation);
  }
}
