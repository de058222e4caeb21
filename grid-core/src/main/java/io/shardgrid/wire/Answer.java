package io.shardgrid.wire;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Digest;
import io.shardgrid.key.MapSettings;
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
    FAILED,
    EXPORTED,
    DESCRIPTION,
    RESULT
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

  /**
   * A stretch of a shard that is read out.
   *
   * @param next where to read on; its seat is 0 if what was read so far is void, since the primary
   *     is another one or has not kept the writes: the reader has to begin anew
   * @param epoch of the shard's placement when it was read
   * @param map the map of the chunk; empty if there is no chunk this time
   * @param entries how many the chunk has
   * @param packed the chunk, as those of copies are packed
   * @param crc of the chunk, as that of copies
   * @param changes what was written since, each key as it is now; they count more than chunks
   * @param end what the shard held after the last write in {@code next}, if all of it was read
   */
  record Exported(
      ExportPosition next,
      long epoch,
      String map,
      int entries,
      byte[] packed,
      int crc,
      List<Changed> changes,
      @Nullable Description end)
      implements Answer {
    @Override
    public Kind kind() {
      return Kind.EXPORTED;
    }

    /** Whether the reader has to begin anew. */
    public boolean isVoid() {
      return next.seat() == 0;
    }
  }

  /**
   * A key that was written while the shard was read out, as it is now.
   *
   * @param key null if all entries of the map of a lower version were removed
   * @param value null if the key has no entry
   * @param version of the entry, or number of the write that removed it
   * @param deadlineMillis when the entry expires, in milliseconds since 1970; 0 for never
   */
  record Changed(
      String map,
      byte @Nullable [] key,
      byte @Nullable [] value,
      long version,
      long deadlineMillis) {}

  /**
   * What a shard holds.
   *
   * @param sequence number of its last write
   * @param wallMillis its wall time
   * @param digest over all entries with their versions
   */
  record Description(long sequence, long wallMillis, Digest digest, List<MapLine> maps)
      implements Answer {
    @Override
    public Kind kind() {
      return Kind.DESCRIPTION;
    }
  }

  /**
   * What a shard holds of one map; entries that have expired and were not yet removed count.
   *
   * @param expiring entries with a deadline
   * @param liveBytes bytes of the entries
   * @param reservedBytes bytes taken for them
   * @param content digest over the entries without their versions
   * @param settings of the map in the cluster
   */
  record MapLine(
      String name,
      long entries,
      long expiring,
      long liveBytes,
      long reservedBytes,
      Digest content,
      MapSettings settings) {}

  /**
   * What a rule has come to.
   *
   * @param number what its function has returned; 0 if it returns nothing
   * @param bytes what it has given beside that; null for nothing
   */
  record Result(long number, byte @Nullable [] bytes) implements Answer {
    @Override
    public Kind kind() {
      return Kind.RESULT;
    }
  }

  /** Whether this is a refusal, so that the operation has not been carried out. */
  default boolean isRefusal() {
    return kind() == Kind.MOVED || kind() == Kind.LATER;
  }
}
