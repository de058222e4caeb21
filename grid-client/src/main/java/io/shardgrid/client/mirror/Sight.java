package io.shardgrid.client.mirror;

import io.shardgrid.wire.Answer;

/**
 * A key read again: production, the canary, and production once more. Immutable.
 *
 * @param isQuiet whether no write through this mirror was under way meanwhile
 */
record Sight(SideReply first, SideReply canary, SideReply second, boolean isQuiet) {

  /**
   * Production's reply as it was at the moment in between at which it agrees best with the
   * canary's: the time left falls from one read to the next, however long that takes, and the
   * canary was read in between.
   */
  SideReply between() {
    if (!(first.answer() instanceof Answer.Entry before)
        || !(second.answer() instanceof Answer.Entry after)
        || !(canary.answer() instanceof Answer.Entry other)
        || after.leftMillis() < 0) {
      return second;
    }
    long left = Math.max(after.leftMillis(), Math.min(other.leftMillis(), before.leftMillis()));
    Answer.Entry entry =
        new Answer.Entry(
            after.value(), after.length(), after.version(), after.deadlineMillis(), left);
    return SideReply.of(entry);
  }

  /** Whether production's two reads were no further apart than this, by its entry's time left. */
  boolean isWithin(long millis) {
    return !(first.answer() instanceof Answer.Entry before)
        || !(second.answer() instanceof Answer.Entry after)
        || after.leftMillis() < 0
        || before.leftMillis() - after.leftMillis() <= millis;
  }

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
