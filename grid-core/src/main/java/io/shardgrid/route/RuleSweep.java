package io.shardgrid.route;

import io.shardgrid.map.AsyncCursor;
import io.shardgrid.map.EntryView;
import io.shardgrid.map.RuleAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Has a rule decide about many entries, a page of them at a time, and gathers what it answers. One
 * sweep; its pages follow each other.
 */
final class RuleSweep<K> {

  private final Function<K, CompletionStage<RuleAnswer>> call;
  private final Executor callbacks;
  private final Map<K, RuleAnswer> answers = new LinkedHashMap<>();

  /**
   * A sweep.
   *
   * @param callbacks runs the filter
   */
  RuleSweep(Function<K, CompletionStage<RuleAnswer>> call, Executor callbacks) {
    this.call = call;
    this.callbacks = callbacks;
  }

  /** All of these keys at once. */
  CompletionStage<Map<K, RuleAnswer>> over(Collection<? extends K> keys) {
    Map<K, CompletableFuture<RuleAnswer>> calls = new LinkedHashMap<>();
    for (K key : keys) {
      if (!calls.containsKey(key)) {
        calls.put(key, call.apply(key).toCompletableFuture());
      }
    }
    return CompletableFuture.allOf(calls.values().toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              calls.forEach((key, answer) -> answers.put(key, answer.join()));
              return answers;
            });
  }

  /** All keys of a map that pass, page by page. */
  <V> CompletionStage<Map<K, RuleAnswer>> over(
      AsyncCursor<K, V> cursor, Predicate<? super K> filter) {
    return cursor
        .next()
        .thenComposeAsync(
            page -> {
              if (page.isEmpty()) {
                return CompletableFuture.completedStage(answers);
              }
              return over(passing(page, filter)).thenCompose(done -> over(cursor, filter));
            },
            callbacks);
  }

  /** A growing table can bring a key twice: it is called once. */
  private <V> List<K> passing(List<EntryView<K, V>> page, Predicate<? super K> filter) {
    List<K> keys = new ArrayList<>();
    for (EntryView<K, V> entry : page) {
      if (!answers.containsKey(entry.key()) && filter.test(entry.key())) {
        keys.add(entry.key());
      }
    }
    return keys;
  }
}
