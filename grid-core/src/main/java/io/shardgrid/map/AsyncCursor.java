package io.shardgrid.map;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Reads a map page by page, without a snapshot: an entry that is there from beginning to end comes
 * at least once, one that comes or goes in between may or may not come, and a growing table can
 * bring one twice.
 *
 * <p>Not thread-safe: ask for the next page when the last one has come. Holds nothing on the
 * server; leaving off costs nothing.
 */
public interface AsyncCursor<K, V> {

  /** The next page; an empty one means the end. */
  CompletionStage<List<EntryView<K, V>>> next();

  /** Hands every entry that is left to {@code action}, one page in memory at a time. */
  CompletionStage<Void> forEach(Consumer<? super EntryView<K, V>> action);
}
