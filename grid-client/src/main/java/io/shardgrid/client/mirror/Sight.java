package io.shardgrid.client.mirror;

import io.shardgrid.wire.Answer;

/**
 * A key read again: production, the canary, and production once more. Immutable.
 *
 * @param isQuiet whether no write through this mirror was under way meanwhile
 */
record Sight(SideReply first, SideReply canary, SideReply second, boolean isQuiet) {

  /** Whether production's entry was the same before and after the canary was read. */
  boolean isStable() {
    return (first.answer() instanceof Answer.Absent && second.answer() instanceof Answer.Absent)
        || (first.answer() instanceof Answer.Entry
            && second.answer() instanceof Answer.Entry
            && first.version() == second.version());
  }

  boolean isReadable() {
    return first.isSuccess() && second.isSuccess() && canary.isSuccess();
  }
}
