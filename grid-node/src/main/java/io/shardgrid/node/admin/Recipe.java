package io.shardgrid.node.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.failure.RuleException;
import io.shardgrid.node.access.GridAccess;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a page of a node that is a member is made of: by whose parameters, and how. Immutable. */
record Recipe(
    String summary,
    Set<String> parameters,
    BiFunction<GridAccess, Parameters, CompletionStage<Reply>> content) {

  Recipe {
    parameters = Set.copyOf(parameters);
  }

  /**
   * The reply that tells what was found, or why there is no answer: 400 for what is no rule or does
   * not fit one, 409 for a rule that says no or fails, 503 if the grid has none now.
   */
  static <T> CompletionStage<Reply> replied(CompletionStage<T> stage, Function<T, Object> body) {
    return stage.handle(
        (found, failure) -> {
          if (found != null) {
            return Reply.ok(body.apply(found));
          }
          Throwable cause =
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure;
          if (cause instanceof GridException known) {
            return Reply.problem(statusOf(known), String.valueOf(known.getMessage()));
          }
          throw new CompletionException(cause);
        });
  }

  private static HttpResponseStatus statusOf(GridException failure) {
    if (failure instanceof InvalidRuleException) {
      return HttpResponseStatus.BAD_REQUEST;
    }
    return failure instanceof RuleException
        ? HttpResponseStatus.CONFLICT
        : HttpResponseStatus.SERVICE_UNAVAILABLE;
  }
}
