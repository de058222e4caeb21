package io.shardgrid.wire.replica;

import java.util.List;

/**
 * What a numbered write does to a shard's state: what the protocol calls its effects.
 *
 * <p>A change is the outcome of a decision and never decides again, so that it has the same effect
 * on every replica. Entries get the write's number as their version. Immutable.
 */
public sealed interface Change {

  /** How many parts are carried out one after the other. */
  default int parts() {
    return 1;
  }

  /** Bytes of keys and values. */
  long bytes();

  /** Nothing, as of a write whose condition failed. */
  record None() implements Change {
    /** The only one needed. */
    public static final None INSTANCE = new None();

    @Override
    public int parts() {
      return 0;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /** Stores an entry. The only change that a primary may refuse, for want of room. */
  record Put(String map, byte[] key, byte[] value, long deadlineMillis) implements Change {
    @Override
    public long bytes() {
      return (long) key.length + value.length;
    }
  }

  /** Gives an entry another deadline, or none. */
  record Expire(String map, byte[] key, long deadlineMillis) implements Change {
    @Override
    public long bytes() {
      return key.length;
    }
  }

  /** Removes an entry, if there is one. */
  record Remove(String map, byte[] key) implements Change {
    @Override
    public long bytes() {
      return key.length;
    }
  }

  /** Removes all entries of a map. */
  record Clear(String map) implements Change {
    @Override
    public long bytes() {
      return 0;
    }
  }

  /** Forgets the answers of a client that has been silent for too long. */
  record DropClient(long client) implements Change {
    @Override
    public long bytes() {
      return 0;
    }
  }

  /** Several changes of one write, in their order. */
  record Batch(List<Change> changes) implements Change {
    public Batch {
      changes = List.copyOf(changes);
    }

    @Override
    public int parts() {
      return changes.size();
    }

    @Override
    public long bytes() {
      return changes.stream().mapToLong(Change::bytes).sum();
    }
  }
}
