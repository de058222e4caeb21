package io.shardgrid.actor;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of a shard's turn that failed, which is a bug. */
final class TurnFailure {

  private static final Logger LOG = LoggerFactory.getLogger(ShardActor.class);

  private TurnFailure() {}

  /**
   * For the log.
   *
   * @param trace what the operation belongs to whose turn it was
   */
  static void log(int shard, @Nullable TraceContext trace, RuntimeException failure) {
    LOG.atError()
        .addKeyValue("shard", shard)
        .addKeyValue("trace_id", trace == null ? null : trace.traceId())
        .setCause(failure)
        .log("A shard's turn failed, a bug; it goes on: shard={}", shard);
  }

  /** For who asked. */
  static Answer answer(String map, int shard, Request request, RuntimeException failure) {
    return new Answer.Failed(
        FailureCode.INTERNAL,
        "The shard failed while it carried out an operation, a bug; its outcome is unknown: map="
            + map
            + ", shard="
            + shard
            + ", operation="
            + request.kind()
            + ", cause="
            + failure);
  }
}
