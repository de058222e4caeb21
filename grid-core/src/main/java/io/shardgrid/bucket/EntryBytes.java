package io.shardgrid.bucket;

import static io.shardgrid.bucket.Layout.DEADLINE;
import static io.shardgrid.bucket.Layout.NARROW_DEADLINE_OFFSET;
import static io.shardgrid.bucket.Layout.NARROW_HEADER_BYTES;
import static io.shardgrid.bucket.Layout.NARROW_KEY_LENGTH_OFFSET;
import static io.shardgrid.bucket.Layout.NARROW_VALUE_LENGTH_OFFSET;
import static io.shardgrid.bucket.Layout.NARROW_VERSION_OFFSET;
import static io.shardgrid.bucket.Layout.WIDE;
import static io.shardgrid.bucket.Layout.WIDE_DEADLINE_OFFSET;
import static io.shardgrid.bucket.Layout.WIDE_HEADER_BYTES;
import static io.shardgrid.bucket.Layout.WIDE_KEY_LENGTH_OFFSET;
import static io.shardgrid.bucket.Layout.WIDE_VALUE_LENGTH_OFFSET;

import java.util.Arrays;

/** Reads and writes the entry that starts at a place of a page. Stateless. */
final class EntryBytes {

  private static final int NARROW_LENGTH_MAX = 255;

  private EntryBytes() {}

  /** Bytes that such an entry takes in its block. */
  static int size(int keyLength, int valueLength, long deadlineMillis) {
    return headerBytes(flags(keyLength, valueLength, deadlineMillis)) + keyLength + valueLength;
  }

  /** Bytes that the entry takes in its block. */
  static int size(byte[] page, int at) {
    return headerBytes(page[at]) + keyLength(page, at) + valueLength(page, at);
  }

  /** {@link #size} of the same entry freshly written: without the room of a deadline taken off. */
  static int sizeAsNew(byte[] page, int at) {
    return size(keyLength(page, at), valueLength(page, at), deadlineMillis(page, at));
  }

  static void write(
      byte[] page, int at, byte[] key, byte[] value, long version, long deadlineMillis) {
    int flags = flags(key.length, value.length, deadlineMillis);
    writeHeader(page, at, flags, key.length, value.length);
    restamp(page, at, version, deadlineMillis);
    int keyAt = at + headerBytes(flags);
    System.arraycopy(key, 0, page, keyAt, key.length);
    System.arraycopy(value, 0, page, keyAt + key.length, value.length);
  }

  /** Writes the narrow entry at {@code fromAt} to {@code at}, with a deadline; both may overlap. */
  static void widen(
      byte[] from, int fromAt, byte[] page, int at, long version, long deadlineMillis) {
    int keyLength = keyLength(from, fromAt);
    int valueLength = valueLength(from, fromAt);
    int bytesAt = at + NARROW_HEADER_BYTES + DEADLINE;
    System.arraycopy(from, keyOffset(from, fromAt), page, bytesAt, keyLength + valueLength);
    writeHeader(page, at, DEADLINE, keyLength, valueLength);
    restamp(page, at, version, deadlineMillis);
  }

  /** Whether the entry can take this deadline without moving. */
  static boolean hasRoomFor(byte[] page, int at, long deadlineMillis) {
    return deadlineMillis == BucketMap.NO_DEADLINE || (page[at] & DEADLINE) != 0;
  }

  /** Replaces version and, where it has a field for it, deadline. */
  static void restamp(byte[] page, int at, long version, long deadlineMillis) {
    Layout.putLong(page, at + NARROW_VERSION_OFFSET, version);
    if ((page[at] & DEADLINE) != 0) {
      Layout.putLong(page, deadlineAt(page, at), deadlineMillis);
    }
  }

  static long version(byte[] page, int at) {
    return Layout.longAt(page, at + NARROW_VERSION_OFFSET);
  }

  static long deadlineMillis(byte[] page, int at) {
    return (page[at] & DEADLINE) == 0
        ? BucketMap.NO_DEADLINE
        : Layout.longAt(page, deadlineAt(page, at));
  }

  static int keyLength(byte[] page, int at) {
    return (page[at] & WIDE) == 0
        ? Layout.unsignedByteAt(page, at + NARROW_KEY_LENGTH_OFFSET)
        : Layout.unsignedShortAt(page, at + WIDE_KEY_LENGTH_OFFSET);
  }

  static int valueLength(byte[] page, int at) {
    return (page[at] & WIDE) == 0
        ? Layout.unsignedByteAt(page, at + NARROW_VALUE_LENGTH_OFFSET)
        : Layout.intAt(page, at + WIDE_VALUE_LENGTH_OFFSET);
  }

  static int keyOffset(byte[] page, int at) {
    return at + headerBytes(page[at]);
  }

  static int valueOffset(byte[] page, int at) {
    return keyOffset(page, at) + keyLength(page, at);
  }

  static boolean keyEquals(byte[] page, int at, byte[] key) {
    int length = key.length;
    if (keyLength(page, at) != length) {
      return false;
    }
    int keyAt = keyOffset(page, at);
    return Arrays.equals(page, keyAt, keyAt + length, key, 0, length);
  }

  private static int flags(int keyLength, int valueLength, long deadlineMillis) {
    if (keyLength > NARROW_LENGTH_MAX || valueLength > NARROW_LENGTH_MAX) {
      return WIDE | DEADLINE;
    }
    return deadlineMillis == BucketMap.NO_DEADLINE ? 0 : DEADLINE;
  }

  private static int headerBytes(int flags) {
    return (flags & WIDE) == 0 ? NARROW_HEADER_BYTES + (flags & DEADLINE) : WIDE_HEADER_BYTES;
  }

  private static int deadlineAt(byte[] page, int at) {
    return at + ((page[at] & WIDE) == 0 ? NARROW_DEADLINE_OFFSET : WIDE_DEADLINE_OFFSET);
  }

  private static void writeHeader(byte[] page, int at, int flags, int keyLength, int valueLength) {
    page[at] = (byte) flags;
    if ((flags & WIDE) == 0) {
      page[at + NARROW_KEY_LENGTH_OFFSET] = (byte) keyLength;
      page[at + NARROW_VALUE_LENGTH_OFFSET] = (byte) valueLength;
    } else {
      Layout.putShort(page, at + WIDE_KEY_LENGTH_OFFSET, keyLength);
      Layout.putInt(page, at + WIDE_VALUE_LENGTH_OFFSET, valueLength);
    }
  }
}
