package io.shardgrid.node.resp;

import io.shardgrid.key.NodeId;
import io.shardgrid.meter.OperationOutcome;
import io.shardgrid.node.access.GridAccess;
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

/** The span of a native operation at the node that its client sent it to. */
record FollowedAnswer(TraceSpan span, AnswerSink to) implements AnswerSink {

  /** Hands an operation over that its client follows; not followed further if that is too much. */
  static void handOver(GridAccess grid, Operation operation, TraceContext told, AnswerSink back) {
    Tracing tracing = grid.router().traces().tracing();
    String word = operation.request().kind().word();
    TraceSpan span =
        tracing == null
            ? null
            : tracing.enter(SpanKind.SERVER, told, "native " + word, operation.map());
    if (span == null) {
      grid.operate(operation.under(null), back);
      return;
    }
    span.put(SpanNames.SYSTEM, SpanNames.SHARDGRID)
        .put(SpanNames.OPERATION, word)
        .put(SpanNames.MAP, operation.map())
        .put(SpanNames.SHARD, operation.shard())
        .put(SpanNames.EPOCH, operation.minEpoch());
    grid.operate(operation.under(span.context()), new FollowedAnswer(span, back));
  }

  @Override
  public void answered(Operation operation, Answer answer) {
    if (answer instanceof Answer.Failed failed) {
      span.fail(failed.code().name().toLowerCase(Locale.ROOT));
    }
    end(OperationOutcome.of(answer));
    to.answered(operation, answer);
  }

  @Override
  public void dropped(Operation operation) {
    end(OperationOutcome.DROPPED);
    to.dropped(operation);
  }

  private void end(OperationOutcome outcome) {
    span.put(SpanNames.OUTCOME, outcome.name().toLowerCase(Locale.ROOT)).end();
  }

  @Override
  public @Nullable NodeId node() {
    return to.node();
  }
}
