package io.shardgrid.bucket;

import static io.shardgrid.bucket.Layout.EXPIRY;
import static io.shardgrid.bucket.Layout.EXPIRY_BYTES;
import static io.shardgrid.bucket.Layout.EXPIRY_DEADLINE_OFFSET;
import static io.shardgrid.bucket.Layout.EXTENT;
import static io.shardgrid.bucket.Layout.NARROW_HEADER_BYTES;
import static io.shardgrid.bucket.Layout.NARROW_KEY_LENGTH_OFFSET;
import static io.shardgrid.bucket.Layout.NARROW_VALUE_LENGTH_OFFSET;
import static io.shardgrid.bucket.Layout.NARROW_VERSION_OFFSET;
import static io.shardgrid.bucket.Layout.TAIL_BYTES;
import static io.shardgrid.bucket.Layout.TAIL_EXTENT_OFFSET;
import static io.shardgrid.bucket.Layout.TAIL_HASH_OFFSET;
import static io.shardgrid.bucket.Layout.USAGE;
import static io.shardgrid.bucket.Layout.USAGE_STAMP_OFFSET;
import static io.shardgrid.bucket.Layout.WIDE;
import static io.shardgrid.bucket.Layout.WIDE_HEADER_BYTES;
import static io.shardgrid.bucket.Layout.WIDE_KEY_LENGTH_OFFSET;
import static io.shardgrid.bucket.Layout.WIDE_VALUE_LENGTH_OFFSET;

import java.util.Arrays;

/**
 * Reads and writes the entry that starts at a place of a page. Stateless.
 *
 * <p>The value's bytes are in the page unless the entry {@link #hasExtent}.
 */
final class EntryBytes {

  /** The longest value that stands in a page; a longer one is an extent. */
  static final int VALUE_IN_PAGE_MAX = 16 << 10;

  private static final int NARROW_LENGTH_MAX = 255;
  private static final int WIDE_EXCESS = WIDE_HEADER_BYTES - NARROW_HEADER_BYTES;

  private EntryBytes() {}

  /** The flags of an entry: {@code parts} (EXPIRY, USAGE, both or 0) and what its lengths ask. */
  static int flags(int keyLength, int valueLength, int parts) {
    int wide = keyLength > NARROW_LENGTH_MAX || valueLength > NARROW_LENGTH_MAX ? WIDE : 0;
    int extent = valueLength > VALUE_IN_PAGE_MAX ? EXTENT : 0;
    return wide | extent | parts;
  }

  /** Bytes that an entry with these flags takes in its block. */
  static int size(int flags, int keyLength, int valueLength) {
    return headerBytes(flags) + keyLength + ((flags & EXTENT) == 0 ? valueLength : TAIL_BYTES);
  }

  /** Bytes that the entry takes in its block. */
  static int size(byte[] page, int at) {
    return size(page[at], keyLength(page, at), valueLength(page, at));
  }

  /** Bytes of the entry wherever they are, without the part of a deadline that was taken off. */
  static long liveBytes(byte[] page, int at) {
    int extentBytes = hasExtent(page, at) ? valueLength(page, at) : 0;
    boolean isIdle = (page[at] & EXPIRY) != 0 && !hasDeadline(page, at);
    return (long) size(page, at) + extentBytes - (isIdle ? EXPIRY_BYTES : 0);
  }

  /** Writes flags and lengths, and no usage. Version, deadline, key and value must follow. */
  static void begin(byte[] page, int at, int flags, int keyLength, int valueLength) {
    page[at] = (byte) flags;
    if ((flags & WIDE) == 0) {
      page[at + NARROW_KEY_LENGTH_OFFSET] = (byte) keyLength;
      page[at + NARROW_VALUE_LENGTH_OFFSET] = (byte) valueLength;
    } else {
      Layout.putShort(page, at + WIDE_KEY_LENGTH_OFFSET, keyLength);
      Layout.putInt(page, at + WIDE_VALUE_LENGTH_OFFSET, valueLength);
    }
  }

  /** Copies the key to where it belongs, and the value unless the entry has an extent. */
  static void fill(byte[] page, int at, byte[] key, byte[] value) {
    int keyAt = keyOffset(page, at);
    System.arraycopy(key, 0, page, keyAt, key.length);
    if (!hasExtent(page, at)) {
      System.arraycopy(value, 0, page, keyAt + key.length, value.length);
    }
  }

  /**
   * Writes the entry at {@code fromAt}, which has no expiry part, to {@code at} with one. Both may
   * overlap. Version and deadline must follow.
   */
  static void widen(byte[] from, int fromAt, byte[] page, int at) {
    int flags = from[fromAt] | EXPIRY;
    int keyLength = keyLength(from, fromAt);
    int valueLength = valueLength(from, fromAt);
    int start = plainHeaderBytes(flags);
    int rest = size(from, fromAt) - start;
    System.arraycopy(from, fromAt + start, page, at + start + EXPIRY_BYTES, rest);
    begin(page, at, flags, keyLength, valueLength);
  }

  /** Whether the entry can take this deadline without moving. */
  static boolean hasRoomFor(byte[] page, int at, long deadlineMillis) {
    return deadlineMillis == BucketMap.NO_DEADLINE || (page[at] & EXPIRY) != 0;
  }

  /** Writes version and, where there is a part for it, deadline. */
  static void restamp(byte[] page, int at, long version, long deadlineMillis) {
    Layout.putLong(page, at + NARROW_VERSION_OFFSET, version);
    if ((page[at] & EXPIRY) != 0) {
      Layout.putLong(page, expiryAt(page, at) + EXPIRY_DEADLINE_OFFSET, deadlineMillis);
    }
  }

  static long version(byte[] page, int at) {
    return Layout.longAt(page, at + NARROW_VERSION_OFFSET);
  }

  static boolean hasDeadline(byte[] page, int at) {
    return deadlineMillis(page, at) != BucketMap.NO_DEADLINE;
  }

  static long deadlineMillis(byte[] page, int at) {
    return (page[at] & EXPIRY) == 0
        ? BucketMap.NO_DEADLINE
        : Layout.longAt(page, expiryAt(page, at) + EXPIRY_DEADLINE_OFFSET);
  }

  /** Where the expiry part of an entry that has one starts. */
  static int expiryAt(byte[] page, int at) {
    return at + plainHeaderBytes(page[at]);
  }

  /** The stamp of an entry with a usage part. */
  static int usage(byte[] page, int at) {
    return Layout.intAt(page, usageAt(page, at) + USAGE_STAMP_OFFSET);
  }

  static void putUsage(byte[] page, int at, int stamp) {
    Layout.putInt(page, usageAt(page, at) + USAGE_STAMP_OFFSET, stamp);
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
    // A branch, which the processor predicts, where arithmetic would make the address of the key
    // wait for the flags: so all cache lines of an entry are fetched at once.
    int flags = page[at];
    return flags == 0 ? at + NARROW_HEADER_BYTES : at + headerBytes(flags);
  }

  /** Where the value starts, or the tail of an entry with an extent. */
  static int valueOffset(byte[] page, int at) {
    return keyOffset(page, at) + keyLength(page, at);
  }

  static boolean keyEquals(byte[] page, int at, byte[] key) {
    int length = key.length;
    if (keyLength(page, at) != length) {
      return false;
    }
    int keyAt = keyOffset(page, at);
    if (length < Long.BYTES || length > 4 * Long.BYTES) {
      return Arrays.equals(page, keyAt, keyAt + length, key, 0, length);
    }
    // First and last words, which overlap unless they are all. No loop: under G1 the compiler makes
    // two of each, for the sake of safepoints, and every get would pay for both.
    long difference = difference(page, keyAt, key, 0);
    difference |= difference(page, keyAt, key, length - Long.BYTES);
    if (length > 2 * Long.BYTES) {
      difference |= difference(page, keyAt, key, Long.BYTES);
      difference |= difference(page, keyAt, key, length - 2 * Long.BYTES);
    }
    return difference == 0;
  }

  private static long difference(byte[] page, int keyAt, byte[] key, int offset) {
    return Layout.longAt(page, keyAt + offset) ^ Layout.longAt(key, offset);
  }

  static boolean hasExtent(byte[] page, int at) {
    return (page[at] & EXTENT) != 0;
  }

  /** Number of the extent that holds the value. */
  static int extent(byte[] page, int at) {
    return Layout.intAt(page, valueOffset(page, at) + TAIL_EXTENT_OFFSET);
  }

  static void putExtent(byte[] page, int at, int extent) {
    Layout.putInt(page, valueOffset(page, at) + TAIL_EXTENT_OFFSET, extent);
  }

  /** Where the content hash of an entry with an extent is. */
  static int hashOffset(byte[] page, int at) {
    return valueOffset(page, at) + TAIL_HASH_OFFSET;
  }

  private static int usageAt(byte[] page, int at) {
    return at + plainHeaderBytes(page[at]) + (page[at] & EXPIRY);
  }

  private static int headerBytes(int flags) {
    return plainHeaderBytes(flags) + (flags & (EXPIRY | USAGE));
  }

  private static int plainHeaderBytes(int flags) {
    return NARROW_HEADER_BYTES + (flags & WIDE) * WIDE_EXCESS;
  }
}
