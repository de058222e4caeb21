package io.shardgrid.wire;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shard answers an operation with: a result, a refusal, or a failure. Immutable. */
public sealed interface Answer {

  /** The kinds of answers. The ordinal is the code on the wire: append only. */
  enum Kind {
    DONE,
    ABSENT,
    ENTRY,
    STORED,
    AMOUNT,
    VALUES,
    PAGE,
    MOVED,
    LATER,
    FAILED
  }

  /** The kind, for dispatch. */
  Kind kind();

  /** Carried out; there is nothing more to say. */
  record Done() implements Answer {
    /** The only one needed. */
    public static final Done INSTANCE = new Done();

    @Override
    public Kind kind() {
      return Kind.DONE;
    }
  }

  /** The key has no entry. */
  record Absent() implements Answer {
    /** The only one needed. */
    public static final Absent INSTANCE = new Absent();

    @Override
    public Kind kind() {
      return Kind.ABSENT;
    }
  }

  /**
   * An entry. A value of at most {@link #OWNED_BYTES_MAX} bytes is a copy that belongs to whoever
   * gets the answer; a larger one may be the array that the shard keeps, and is not changed.
   *
   * @param value its bytes; null where only the rest was asked for
   * @param length bytes of the value
   * @param deadlineMillis when it expires, in milliseconds since 1970; 0 for never
   * @param leftMillis how long that is from now by the primary's clock; -1 for never
   */
  record Entry(
      byte @Nullable [] value, int length, long version, long deadlineMillis, long leftMillis)
      implements Answer {
    /** Longest value that is copied. */
    public static final int OWNED_BYTES_MAX = 16 << 10;

    @Override
    public Kind kind() {
      return Kind.ENTRY;
    }
  }

  /**
   * The outcome of a write to one key.
   *
   * @param applied whether the condition held and there was something to do
   * @param version the entry's version afterwards (of the removal for a removal); 0 if not applied
   *     and there is no entry
   * @param previous the value before, if it was asked for and there was one
   */
  record Stored(boolean applied, long version, byte @Nullable [] previous) implements Answer {
    @Override
    public Kind kind() {
      return Kind.STORED;
    }
  }

  /** A count, a sum or a length. */
  record Amount(long value) implements Answer {
    @Override
    public Kind kind() {
      return Kind.AMOUNT;
    }
  }

  /** Values in the order of the keys asked for, null where there is no entry. */
  record Values(List<byte @Nullable []> values) implements Answer {
    @Override
    public Kind kind() {
      return Kind.VALUES;
    }
  }

  /**
   * A stretch of a scan.
   *
   * @param position where to read on; 0 when the shard is at its end
   * @param entries what was found; values are null unless asked for
   */
  record Page(long position, List<Item> entries) implements Answer {
    @Override
    public Kind kind() {
      return Kind.PAGE;
    }
  }

  /** One entry of a {@link Page}. */
  record Item(byte[] key, byte @Nullable [] value, long version, long deadlineMillis) {}

  /** Refusal, elsewhere: this replica has not the seat; here is the newest placement it knows. */
  record Moved(PlacementEntry placement) implements Answer {
    @Override
    public Kind kind() {
      return Kind.MOVED;
    }
  }

  /** Refusal, later: a bound was met; nothing was done, the same operation may come again. */
  record Later(String reason) implements Answer {
    @Override
    public Kind kind() {
      return Kind.LATER;
    }
  }

  /** Failure: will not be carried out, and trying again as it stands is of no use. */
  record Failed(FailureCode code, String message) implements Answer {
    @Override
    public Kind kind() {
      return Kind.FAILED;
    }
  }

  /** Whether this is a refusal, so that the operation has not been carried out. */
  default boolean isRefusal() {
    return kind() == Kind.MOVED || kind() == Kind.LATER;
  }
}
