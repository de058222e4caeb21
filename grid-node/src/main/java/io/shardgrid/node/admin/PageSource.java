package io.shardgrid.node.admin;

import io.shardgrid.trace.Tracing;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a server's connections answer from. Thread-safe. */
interface PageSource extends AutoCloseable {

  /** What decides whether a request is followed; null while nothing is. */
  @Nullable Tracing tracing();

  /** Whether it is a file of the console. */
  boolean isPart(String path);

  /** Whether there is such a page that can be read. */
  boolean has(String path);

  /** Whether this changes something, by POST. */
  boolean isAction(String path);

  /** The content of a page; the stage ends with a reply in every case. */
  CompletionStage<Reply> content(String path, Parameters parameters);

  @Override
  void close();
}
