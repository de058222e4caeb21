package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.wire.Answer;
import org.jspecify.annotations.Nullable;

/** Keeps how an operation ended, and that it did so once. Not thread-safe. */
final class RecordingOutcome implements Outcome {

  int ends;
  @Nullable Answer answer;
  @Nullable GridException failure;

  @Override
  public void resolved(Answer resolved) {
    ends++;
    answer = resolved;
  }

  @Override
  public void failed(GridException failed) {
    ends++;
    failure = failed;
  }

  boolean hasEnded() {
    return ends > 0;
  }
}
