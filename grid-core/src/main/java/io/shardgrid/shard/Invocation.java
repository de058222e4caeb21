package io.shardgrid.shard;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;

/**
 * A rule that is to decide about an entry, outside of the shard's turns. Immutable.
 *
 * @param ticket names it among those of its replica, for ever
 * @param map where the entry is, or is not
 * @param found the entry as it is now: {@link Answer.Entry} or {@link Answer.Absent}
 * @param needed number of the write that {@code found} depends on
 * @param sequence number of the last write of the shard
 * @param wallMillis the shard's wall time
 * @param mayChange whether the entry is kept as it is for the rule to change it
 */
public record Invocation(
    long ticket,
    String map,
    Request.Invoke request,
    Answer found,
    long needed,
    long sequence,
    long wallMillis,
    boolean mayChange) {

  /** The version of the entry that was found; 0 for none. */
  long version() {
    return found instanceof Answer.Entry entry ? entry.version() : 0;
  }

  /** Whether the entry has expired by then. */
  boolean isOver(long nowWallMillis) {
    return found instanceof Answer.Entry entry
        && Deadlines.isPast(entry.deadlineMillis(), nowWallMillis);
  }
}
