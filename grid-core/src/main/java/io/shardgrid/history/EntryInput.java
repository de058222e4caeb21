package io.shardgrid.history;

/** What a client asks of one key of a map. Immutable. */
public sealed interface EntryInput {

  /** Reads the entry. Answered with {@link EntryOutput.Found} or {@link EntryOutput.Absent}. */
  record Get() implements EntryInput {
    @Override
    public String toString() {
      return "get";
    }
  }

  /**
   * Stores a value if the condition holds. Answered with {@link EntryOutput.Stored}.
   *
   * @param wantsPrevious whether the answer holds the value that was there before
   */
  record Put(Bytes value, EntryCondition condition, boolean wantsPrevious) implements EntryInput {

    /** Stores a value, whatever is there. */
    public Put(Bytes value) {
      this(value, EntryCondition.ALWAYS, false);
    }

    @Override
    public String toString() {
      return "put " + value + condition;
    }
  }

  /** Removes the entry if the condition holds. Answered with {@link EntryOutput.Stored}. */
  record Remove(EntryCondition condition, boolean wantsPrevious) implements EntryInput {
    @Override
    public String toString() {
      return "remove" + condition;
    }
  }

  /**
   * Adds to a decimal number; an absent entry counts as 0. Answered with {@link EntryOutput.Sum} or
   * {@link EntryOutput.NotANumber}.
   */
  record Add(long delta) implements EntryInput {
    @Override
    public String toString() {
      return "add " + delta;
    }
  }
}
