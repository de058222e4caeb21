package io.shardgrid.node.backup;

import io.shardgrid.node.cli.ProgressBar;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A progress bar, or none, that any thread may move on. Thread-safe. */
final class Shown {

  private final @Nullable ProgressBar bar;
  private long last;

  Shown(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  synchronized void update(long done) {
    last = Math.max(last, done);
    if (bar != null) {
      bar.update(last);
    }
  }

  /** Does the work, and shows whether it came to its end. */
  <T> T around(Callable<T> work) throws Exception {
    boolean isDone = false;
    try {
      T result = work.call();
      isDone = true;
      return result;
    } finally {
      end(isDone);
    }
  }

  private synchronized void end(boolean isDone) {
    if (bar == null) {
      return;
    }
    if (isDone) {
      bar.finish(last);
    } else {
      bar.abandon();
    }
  }
}
