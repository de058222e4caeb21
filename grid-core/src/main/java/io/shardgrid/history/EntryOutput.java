package io.shardgrid.history;

import org.jspecify.annotations.Nullable;

/** What a client is told of one key of a map. Immutable. */
public sealed interface EntryOutput {

  /** In place of a version that the client was not told. */
  long UNTOLD = -1;

  /**
   * An entry.
   *
   * @param value null if only the rest was asked for
   * @param version of the write that made the entry, or {@link #UNTOLD}
   */
  record Found(@Nullable Bytes value, long version) implements EntryOutput {
    @Override
    public String toString() {
      return (value == null ? "present" : value) + told(version);
    }
  }

  /** There is no entry. */
  record Absent() implements EntryOutput {
    @Override
    public String toString() {
      return "absent";
    }
  }

  /**
   * The end of a put or a remove.
   *
   * @param applied whether the condition held and there was something to do
   * @param version of this write if applied; else of the entry that is there, 0 if there is none;
   *     or {@link #UNTOLD}
   * @param previous the value before, if it was asked for and there was one
   */
  record Stored(boolean applied, long version, @Nullable Bytes previous) implements EntryOutput {
    @Override
    public String toString() {
      String before = previous == null ? "" : ", before " + previous;
      return (applied ? "done" : "not done") + told(version) + before;
    }
  }

  /** The number after an addition. */
  record Sum(long value) implements EntryOutput {
    @Override
    public String toString() {
      return "sum " + value;
    }
  }

  /** Nothing was added: the value is no 64-bit decimal number, or the sum would be none. */
  record NotANumber() implements EntryOutput {
    @Override
    public String toString() {
      return "not a number";
    }
  }

  private static String told(long version) {
    return version == UNTOLD ? "" : " v" + version;
  }
}
