package io.shardgrid.shard;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.replica.Change;

/** What a write comes to: the change to make, and the answer once it is made. Immutable. */
record Outcome(Change change, Answer answer) {

  static Outcome unchanged(Answer answer) {
    return new Outcome(Change.None.INSTANCE, answer);
  }

  static Outcome failed(FailureCode code, String message) {
    return unchanged(new Answer.Failed(code, message));
  }
}
