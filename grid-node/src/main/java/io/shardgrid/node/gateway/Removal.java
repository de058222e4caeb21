package io.shardgrid.node.gateway;

import io.shardgrid.client.GridClient;
import io.shardgrid.failure.GridException;
import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Removes keys, in bytes. Thread-safe. */
record Removal(GridClient client) {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  CompletionStage<Answer> remove(String map, byte[] key) {
    CompletableFuture<Answer> ended = new CompletableFuture<>();
    client.ask(
        map,
        client.shards().of(key),
        new Request.Remove(key, Condition.ALWAYS, false),
        TIMEOUT.toNanos(),
        new Outcome() {
          @Override
          public void resolved(Answer answer) {
            ended.complete(answer);
          }

          @Override
          public void failed(GridException failure) {
            ended.completeExceptionally(failure);
          }
        });
    return ended;
  }
}
