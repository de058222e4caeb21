package io.shardgrid.wire;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one shard. Keys and values are bytes and are not copied: whoever makes a request
 * leaves its arrays alone from then on.
 *
 * <p>Each kind says what it is answered with; instead of that, every kind may be answered with a
 * refusal ({@link Answer.Moved}, {@link Answer.Later}) or with {@link Answer.Failed}.
 */
public sealed interface Request {

  /** The kinds of requests. The ordinal is the code on the wire: append only. */
  enum Kind {
    GET(false),
    PEEK(false),
    PUT(true),
    REMOVE(true),
    EXPIRE(true),
    ADD(true),
    APPEND(true),
    GET_ALL(false),
    PUT_ALL(true),
    REMOVE_ALL(true),
    COUNT_ALL(false),
    SIZE(false),
    CLEAR(true),
    SCAN(false),
    CLEAR_ALL(true),
    EXPORT(false),
    DESCRIBE(false),
    INVOKE(true);

    private final boolean isWrite;
    private final String word;

    Kind(boolean isWrite) {
      this.isWrite = isWrite;
      this.word = name().toLowerCase(Locale.ROOT);
    }

    /** The name in small letters, for people and their tools. */
    public String word() {
      return word;
    }

    /** Whether requests of this kind may change something, and so are remembered for retries. */
    public boolean isWrite() {
      return isWrite;
    }
  }

  /** The kind, for dispatch. */
  Kind kind();

  /** The one key that it is about; null if there are several, or none. */
  default byte @Nullable [] key() {
    return null;
  }

  /** Reads an entry. Answered with {@link Answer.Entry} or {@link Answer.Absent}. */
  record Get(byte[] key) implements Request {
    @Override
    public Kind kind() {
      return Kind.GET;
    }
  }

  /** Reads an entry without its value. Answered with {@link Answer.Entry} or absent. */
  record Peek(byte[] key) implements Request {
    @Override
    public Kind kind() {
      return Kind.PEEK;
    }
  }

  /**
   * Stores a value if the condition holds. Answered with {@link Answer.Stored}.
   *
   * @param wantsPrevious whether the answer is to hold the value that was there before
   */
  record Put(byte[] key, byte[] value, Expiry expiry, Condition condition, boolean wantsPrevious)
      implements Request {
    @Override
    public Kind kind() {
      return Kind.PUT;
    }
  }

  /** Removes an entry if the condition holds. Answered with {@link Answer.Stored}. */
  record Remove(byte[] key, Condition condition, boolean wantsPrevious) implements Request {
    @Override
    public Kind kind() {
      return Kind.REMOVE;
    }
  }

  /**
   * Changes an entry's deadline; one that is already past removes the entry. Answered with {@link
   * Answer.Stored}, whose previous value is the entry's value if wanted.
   */
  record Expire(byte[] key, Expiry expiry, boolean wantsValue) implements Request {
    @Override
    public Kind kind() {
      return Kind.EXPIRE;
    }
  }

  /**
   * Adds to a decimal number; an absent entry counts as 0. Keeps the deadline. Answered with {@link
   * Answer.Amount}, the sum.
   */
  record Add(byte[] key, long delta) implements Request {
    @Override
    public Kind kind() {
      return Kind.ADD;
    }
  }

  /** Appends bytes to a value; an absent one counts as empty. Answered with the new length. */
  record Append(byte[] key, byte[] suffix) implements Request {
    @Override
    public Kind kind() {
      return Kind.APPEND;
    }
  }

  /** Reads several entries of the shard. Answered with {@link Answer.Values} in their order. */
  record GetAll(List<byte[]> keys) implements Request {
    @Override
    public Kind kind() {
      return Kind.GET_ALL;
    }
  }

  /** Stores several entries of the shard. Answered with {@link Answer.Done}. */
  record PutAll(List<byte[]> keys, List<byte[]> values, Expiry expiry) implements Request {
    @Override
    public Kind kind() {
      return Kind.PUT_ALL;
    }
  }

  /** Removes several entries. Answered with {@link Answer.Amount}: how many there were. */
  record RemoveAll(List<byte[]> keys) implements Request {
    @Override
    public Kind kind() {
      return Kind.REMOVE_ALL;
    }
  }

  /** Counts the keys that have an entry; a key named twice counts twice. */
  record CountAll(List<byte[]> keys) implements Request {
    @Override
    public Kind kind() {
      return Kind.COUNT_ALL;
    }
  }

  /** Counts the shard's entries of the map. Answered with {@link Answer.Amount}. */
  record Size() implements Request {
    @Override
    public Kind kind() {
      return Kind.SIZE;
    }
  }

  /** Removes the shard's entries of the map. Answered with {@link Answer.Amount}: how many. */
  record Clear() implements Request {
    @Override
    public Kind kind() {
      return Kind.CLEAR;
    }
  }

  /**
   * Removes the shard's entries of every map, whichever map is named. Answered with {@link
   * Answer.Amount}: how many.
   */
  record ClearAll() implements Request {
    @Override
    public Kind kind() {
      return Kind.CLEAR_ALL;
    }
  }

  /**
   * Reads on from a position. Answered with {@link Answer.Page}.
   *
   * @param position 0 to begin, else what the last page said
   * @param entriesMin about how many entries a page has, whole buckets at a time
   */
  record Scan(long position, int entriesMin, boolean wantsValues) implements Request {
    @Override
    public Kind kind() {
      return Kind.SCAN;
    }
  }

  /**
   * Reads the whole shard out, a stretch at a time, whichever map is named: chunks of entries, and
   * what was written since the last stretch. Answered with {@link Answer.Exported}.
   *
   * @param from {@link ExportPosition#START} to begin, else what the last answer said
   * @param bytesMax about how many bytes of entries a chunk has at most; the shard may give fewer
   */
  record Export(ExportPosition from, int bytesMax) implements Request {
    @Override
    public Kind kind() {
      return Kind.EXPORT;
    }
  }

  /**
   * Asks what the shard holds, map by map, whichever is named. Answered with {@link
   * Answer.Description}.
   */
  record Describe() implements Request {
    @Override
    public Kind kind() {
      return Kind.DESCRIBE;
    }
  }

  /**
   * Has a rule decide about an entry, where it is. Answered with {@link Answer.Result}. A rule that
   * can change nothing is carried out as a read; for its caller it is a write, whose outcome may be
   * unknown.
   *
   * @param rule name of the rule
   * @param function which of its functions
   * @param numbers the function's parameters
   * @param bytes arguments that it can fetch
   */
  record Invoke(byte[] key, String rule, String function, long[] numbers, List<byte[]> bytes)
      implements Request {
    @Override
    public Kind kind() {
      return Kind.INVOKE;
    }
  }
}
