package io.shardgrid.node.admin;

import io.shardgrid.failure.GridException;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * What shards hold, as their primaries said within one question. Immutable.
 *
 * @param first number of the first shard
 * @param shards what each of them holds; null for one that does not answer
 */
record Holdings(int first, List<Answer.@Nullable Description> shards) {

  /** Asks some shards, wherever their primaries are; each answers or not by its deadline. */
  static CompletionStage<Holdings> ask(GridAccess grid, int first, int count) {
    RoutedShards shards = new RoutedShards(grid.router(), ForkJoinPool.commonPool());
    List<CompletableFuture<Answer.@Nullable Description>> asked = new ArrayList<>(count);
    for (int shard = first; shard < first + count; shard++) {
      asked.add(
          shards
              .describe(shard)
              .<Answer.@Nullable Description>handle(Holdings::orNull)
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(done -> new Holdings(first, answersOf(asked)));
  }

  private static Answer.@Nullable Description orNull(
      Answer.@Nullable Description answer, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause != null && !(cause instanceof GridException)) {
      throw new CompletionException(cause);
    }
    return answer;
  }

  private static List<Answer.@Nullable Description> answersOf(
      List<CompletableFuture<Answer.@Nullable Description>> asked) {
    List<Answer.@Nullable Description> answers = new ArrayList<>(asked.size());
    for (CompletableFuture<Answer.@Nullable Description> one : asked) {
      answers.add(one.join());
    }
    return answers;
  }

  /** How many answered. */
  int answering() {
    int count = 0;
    for (Answer.Description one : shards) {
      count += one == null ? 0 : 1;
    }
    return count;
  }
}
