package io.shardgrid.route;

import io.shardgrid.map.AsyncCursor;
import io.shardgrid.map.EntryView;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Reads a map shard by shard. Not thread-safe: one page is asked for at a time. */
final class RoutedCursor<K, V> implements AsyncCursor<K, V> {

  private final EntryCodec<K, V> codec;
  private final Router router;
  private final Executor callbacks;
  private final long timeoutNanos;
  private final int entriesMin;
  private int shard;
  private long position;

  RoutedCursor(
      EntryCodec<K, V> codec,
      Router router,
      Executor callbacks,
      long timeoutNanos,
      int entriesMin) {
    this.codec = codec;
    this.router = router;
    this.callbacks = callbacks;
    this.timeoutNanos = timeoutNanos;
    this.entriesMin = entriesMin;
  }

  @Override
  public CompletionStage<List<EntryView<K, V>>> next() {
    CompletableFuture<List<EntryView<K, V>>> page = new CompletableFuture<>();
    collect(new ArrayList<>(), page);
    return page;
  }

  @Override
  public CompletionStage<Void> forEach(Consumer<? super EntryView<K, V>> action) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    readOn(action, end);
    return end;
  }

  /** A loop over the pages that are there at once, so that long maps do not nest calls. */
  private void readOn(Consumer<? super EntryView<K, V>> action, CompletableFuture<Void> end) {
    boolean isMore = true;
    while (isMore) {
      CompletableFuture<List<EntryView<K, V>>> page = next().toCompletableFuture();
      if (!page.isDone()) {
        page.whenComplete(
            (entries, failure) -> {
              if (handOver(page, action, end)) {
                readOn(action, end);
              }
            });
        return;
      }
      isMore = handOver(page, action, end);
    }
  }

  private boolean handOver(
      CompletableFuture<List<EntryView<K, V>>> page,
      Consumer<? super EntryView<K, V>> action,
      CompletableFuture<Void> end) {
    try {
      List<EntryView<K, V>> entries = page.join();
      if (entries.isEmpty()) {
        end.complete(null);
        return false;
      }
      entries.forEach(action);
      return true;
    } catch (RuntimeException e) {
      end.completeExceptionally(causeOf(e));
      return false;
    }
  }

  /** Reads on until the page is full or the map at its end. */
  private void collect(List<EntryView<K, V>> found, CompletableFuture<List<EntryView<K, V>>> page) {
    while (shard < router.shards() && found.size() < entriesMin) {
      Call<Answer.Page> part =
          Call.of(answer -> Answers.expected(Answer.Page.class, answer), callbacks);
      Request request = new Request.Scan(position, entriesMin - found.size(), true);
      router.submitOrWait(codec.map(), shard, request, timeoutNanos, part);
      part.submitted();
      if (!part.isDone()) {
        part.whenComplete(
            (answer, failure) -> {
              if (take(part, found, page)) {
                collect(found, page);
              }
            });
        return;
      }
      if (!take(part, found, page)) {
        return;
      }
    }
    page.complete(found);
  }

  private boolean take(
      CompletableFuture<Answer.Page> part,
      List<EntryView<K, V>> found,
      CompletableFuture<List<EntryView<K, V>>> page) {
    try {
      Answer.Page answer = part.join();
      answer.entries().forEach(item -> found.add(codec.entryOf(item)));
      position = answer.position();
      if (position == 0) {
        shard++;
      }
      return true;
    } catch (RuntimeException e) {
      page.completeExceptionally(causeOf(e));
      return false;
    }
  }

  private static Throwable causeOf(RuntimeException e) {
    return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
  }
}
