package io.shardgrid.shard;

import java.util.List;

/**
 * What a numbered write does to a shard's state: what the protocol calls its effects.
 *
 * <p>A change is the outcome of a decision and never decides again, so that it has the same effect
 * on every copy. Entries get the write's number as their version. Immutable.
 */
sealed interface Change {

  /** How many parts are carried out one after the other. */
  default int parts() {
    return 1;
  }

  /** Nothing, as of a write whose condition failed. */
  record None() implements Change {
    /** The only one needed. */
    static final None INSTANCE = new None();

    @Override
    public int parts() {
      return 0;
    }
  }

  /** Stores an entry. The only change that may be refused, for want of room. */
  record Put(String map, byte[] key, byte[] value, long deadlineMillis) implements Change {}

  /** Gives an entry another deadline, or none. */
  record Expire(String map, byte[] key, long deadlineMillis) implements Change {}

  /** Removes an entry, if there is one. */
  record Remove(String map, byte[] key) implements Change {}

  /** Removes all entries of a map. */
  record Clear(String map) implements Change {}

  /** Forgets the answers of a client that has been silent for too long. */
  record DropClient(long client) implements Change {}

  /** Several changes of one write, in their order. */
  record Batch(List<Change> changes) implements Change {
    public Batch {
      changes = List.copyOf(changes);
    }

    @Override
    public int parts() {
      return changes.size();
    }
  }
}
