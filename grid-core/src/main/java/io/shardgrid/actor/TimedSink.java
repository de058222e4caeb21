package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import org.jspecify.annotations.Nullable;

/** Tells how long it took until an operation's answer was there, backups and leases included. */
record TimedSink(AnswerSink to, long arrivedNanos, Timer timer) implements AnswerSink {

  /** Hears of operations that were timed, within a turn of their shard. */
  interface Timer {
    void took(Operation operation, Answer answer, long nanos);

    /** The same of one that is followed, by this span. */
    default void followed(Operation operation, Answer answer, long nanos, TraceContext trace) {}
  }

  @Override
  public void answered(Operation operation, Answer answer) {
    timer.took(operation, answer, System.nanoTime() - arrivedNanos);
    to.answered(operation, answer);
  }

  @Override
  public @Nullable NodeId node() {
    return to.node();
  }

  @Override
  public void dropped(Operation operation) {
    to.dropped(operation);
  }
}
