package io.shardgrid.actor;

import io.shardgrid.key.MigrationState;
import io.shardgrid.placement.MoveStep;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import java.util.Locale;

/**
 * The moves of shards as their authority follows them: in traces and in the log. Not thread-safe.
 */
final class MoveTraces {

  private final ClusterTraces traces;
  private final AuthorityLog log;
  private final Staged<Integer> moves;

  MoveTraces(ClusterTraces traces, AuthorityLog log) {
    this.traces = traces;
    this.log = log;
    this.moves = new Staged<>(traces.traces());
  }

  /** A move has begun or gone on. */
  void went(MoveStep step) {
    TraceContext self = traces.ofMove(step.shard(), step.seat(), step.target());
    if (!step.isFirst()) {
      log.moveWent(step, traces.traces().tracing() == null ? null : self);
    }
    if (step.isFirst()) {
      String name = "move " + word(step.kind());
      moves.begins(step.shard(), self, name, word(step.state()), span -> describe(span, step));
    } else if (step.state() == MigrationState.DONE || step.state() == MigrationState.ABORTED) {
      moves.ends(step.shard(), word(step.state()), span -> describeEnd(span, step));
    } else {
      moves.goesOn(step.shard(), word(step.state()), span -> describe(span, step));
    }
  }

  /** There is another authority, which follows them from now on. */
  void end() {
    moves.endAll("another authority goes on");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void describe(TraceSpan span, MoveStep step) {
    span.put(SpanNames.SHARD, step.shard())
        .put(SpanNames.SEAT, step.seat())
        .put(SpanNames.TARGET, step.target().address());
    if (step.source() != null) {
      span.put(SpanNames.SOURCE, step.source().address());
    }
  }

  private static void describeEnd(TraceSpan span, MoveStep step) {
    span.put(SpanNames.BYTES, step.bytesSent());
    if (step.state() == MigrationState.ABORTED) {
      span.put(SpanNames.REASON, step.reason());
      span.fail("aborted");
    }
  }
}
