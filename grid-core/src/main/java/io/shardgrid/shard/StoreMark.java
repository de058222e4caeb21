package io.shardgrid.shard;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A write that the store behind a map does not have yet: an entry of a map of the grid's own, under
 * the key of the entry that was written and made by the same numbered write, so that it has its
 * version. Immutable.
 *
 * @param value null for a removal
 * @param stamp orders all writes to the key
 * @param sinceMillis wall time of the first write that it stands for
 */
record StoreMark(byte @Nullable [] value, long stamp, long sinceMillis) {

  /*
   * offset  bytes  field
   *      0      1  1 for a value, 2 for a removal
   *      1      8  stamp, big-endian
   *      9      8  since, in ms since 1970, big-endian
   *     17      n  value
   */
  static final int HEAD_BYTES = 17;

  private static final String OWN = "grid.store.";
  private static final String MARKS = OWN + "marks.";
  private static final String FILTER = OWN + "filter.";

  /** The map that has what stamps are made from. */
  static final String STAMPS = OWN + "stamps";

  private static final byte VALUE = 1;
  private static final byte REMOVAL = 2;

  /** The map that has the marks of a map. */
  static String marksOf(String map) {
    return MARKS + map;
  }

  /** The map that has the existence filter of a map. */
  static String filterOf(String map) {
    return FILTER + map;
  }

  /** Whether a map is one of these: not cleared with others, and never refused for want of room. */
  static boolean isOwn(String map) {
    return map.startsWith(OWN);
  }

  /** Whether a map has marks. */
  static boolean isMarks(String map) {
    return map.startsWith(MARKS);
  }

  boolean isRemoval() {
    return value == null;
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + (value == null ? 0 : value.length));
    bytes.put(value == null ? REMOVAL : VALUE).putLong(stamp).putLong(sinceMillis);
    if (value != null) {
      bytes.put(value);
    }
    return bytes.array();
  }

  /** Null if these bytes are none. */
  static @Nullable StoreMark of(byte[] bytes) {
    if (bytes.length < HEAD_BYTES || (bytes[0] != VALUE && bytes[0] != REMOVAL)) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    boolean hasValue = buffer.get() == VALUE;
    long stamp = buffer.getLong();
    long sinceMillis = buffer.getLong();
    byte[] value = hasValue ? new byte[buffer.remaining()] : null;
    if (value != null) {
      buffer.get(value);
    }
    return new StoreMark(value, stamp, sinceMillis);
  }
}
