package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.wire.Answer;
import java.util.Locale;

/** Ends the span of an operation, or of one in several parts, with its outcome. */
record TracedOutcome(TraceSpan span, Outcome to) implements Outcome {

  @Override
  public void resolved(Answer answer) {
    if (answer instanceof Answer.Failed failed) {
      span.fail(failed.code().name().toLowerCase(Locale.ROOT));
    }
    end(answer instanceof Answer.Failed ? "failed" : "ok");
    to.resolved(answer);
  }

  @Override
  public void failed(GridException failure) {
    span.fail(failure.getClass().getSimpleName());
    end("failed");
    to.failed(failure);
  }

  private void end(String outcome) {
    span.put(SpanNames.OUTCOME, outcome).end();
  }

  @Override
  public TraceContext asker() {
    return span.context();
  }
}
