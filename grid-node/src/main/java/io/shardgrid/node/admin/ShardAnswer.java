package io.shardgrid.node.admin;

import io.shardgrid.failure.GridException;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.route.Outcome;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.Tracing;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The answer of a shard as a stage, which fails with what the grid says. */
final class ShardAnswer implements Outcome {

  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  private final @Nullable TraceContext asker;

  private ShardAnswer(@Nullable TraceContext asker) {
    this.asker = asker;
  }

  /** Asks a shard, with the deadline of the node's own operations. */
  static CompletableFuture<Answer> of(GridAccess grid, String map, int shard, Request request) {
    ShardAnswer outcome = new ShardAnswer(asker(grid));
    long timeoutNanos = grid.router().settings().timeout().toNanos();
    grid.router().submit(map, shard, request, timeoutNanos, outcome);
    return outcome.answer;
  }

  /** What the request that this thread works for belongs to. */
  private static @Nullable TraceContext asker(GridAccess grid) {
    Tracing tracing = grid.router().traces().tracing();
    return tracing == null ? null : tracing.current();
  }

  @Override
  public @Nullable TraceContext asker() {
    return asker;
  }

  @Override
  public void resolved(Answer told) {
    if (told instanceof Answer.Failed failed) {
      answer.completeExceptionally(failed.code().toException(failed.message()));
    } else {
      answer.complete(told);
    }
  }

  @Override
  public void failed(GridException failure) {
    answer.completeExceptionally(failure);
  }
}
