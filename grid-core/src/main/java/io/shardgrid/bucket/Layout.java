package io.shardgrid.bucket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The byte layout of buckets and pages: every field's place, and plain access to it. */
final class Layout {

  /*
   * All numbers are little-endian. "wants" is the alignment a C compiler would give the field,
   * "has" the one it gets: buckets, entries and free blocks start at a multiple of 4, the parts of
   * an entry (expiry, usage, tail) at any byte.
   *
   *   structure, field         offset  size  wants  has
   *   BUCKET_TOPHASHES              0     8      8    4   a byte a cell: 0 = empty, else hash
   *   BUCKET_REFERENCES             8    32      4    4   an int a cell: where its entry is
   *   BUCKET_OVERFLOW              40     4      4    4   next bucket of the chain, 0 = none
   *   NARROW_FLAGS                  0     1      1    4   USAGE and EXPIRY, as they apply
   *   NARROW_VERSION                1     8      8    1
   *   NARROW_KEY_LENGTH             9     1      1    1   0 to 255
   *   NARROW_VALUE_LENGTH          10     1      1    2   0 to 255
   *   WIDE_FLAGS                    0     1      1    4   WIDE, with EXTENT, USAGE, EXPIRY
   *   WIDE_VERSION                  1     8      8    1
   *   WIDE_KEY_LENGTH               9     2      2    1   0 to 65,535
   *   WIDE_VALUE_LENGTH            11     4      4    1   0 to 8 MiB
   *   EXPIRY_DEADLINE               0     8      8    1   milliseconds; 0 = none any more
   *   EXPIRY_EARLIER                8     4      4    1   neighbour in its list of the wheel
   *   EXPIRY_LATER                 12     4      4    1   the other neighbour, -1 = none
   *   USAGE_STAMP                   0     4      4    1   what an eviction policy keeps
   *   TAIL_EXTENT                   0     4      4    1   number of the extent with the value
   *   TAIL_HASH                     4    16      8    1   content hash: low half, high half
   *   FREE_FLAGS                    0     1      1    4   FREE, and UNLISTED
   *   FREE_SIZE_CLASS               1     1      1    1   how long the free block is
   *   FREE_NEXT                     4     4      4    4   next free block of the class, -1 = none
   *   FREE_PREVIOUS                 8     4      4    4   the one before, -1 = none
   *
   * A tophash is the high byte of the key's hash, or 1 where that is 0.
   *
   * A segment is an array of up to 1,024 buckets, 44 bytes each, without gaps: buckets 0 to
   * 2^B - 1 of the table come first, its overflow buckets follow.
   *
   * A page is a byte[] of up to 128 KiB, its array header included, or a part of a slab that is as
   * long. It is filled from its start with blocks; a block begins at a multiple of 4, its length is
   * that of a size class, and it holds one entry or is free, so a page can be walked from block to
   * block. What a page has left behind its last block when it is closed is cut into free blocks; 4
   * or 8 bytes that make no block may remain. A page has no header: how many of its bytes are free stands in a table
   * beside the pages, where the numbers of 16 pages share a cache line. (Headers at the starts of
   * pages would all compete for the same few sets of the cache.)
   *
   * An entry is a header, narrow if both lengths are below 256, with the parts that its flags name;
   * then the bytes of the key and those of the value, or the tail in place of the value:
   *
   *   | narrow 11 or wide 15 | [expiry 16] | [usage 4] | key | value       | slack |
   *   | wide 15              | [expiry 16] | [usage 4] | key | tail 20     | slack |
   *
   * The flag of a part is the part's length, so that adding flags gives the length of a header.
   * Entries of a map with an eviction policy have a usage part, those that were given a deadline an
   * expiry part. A value of more than 16 KiB is an extent: an array of its own, the very one that
   * the map was given, which is never copied, moved or changed.
   *
   * A reference is 32 bits: page index (17), offset / 4 (15). The offsets behind the end of a page
   * are no references: -1 stands for none, and some of the others name lists of the wheel.
   *
   * Fields are packed, not aligned: on x86-64 and AArch64 an unaligned load within a cache line
   * costs nothing, and entries start anywhere in a line anyway. Aligning them as C would makes
   * a narrow header 16 bytes instead of 11, and blocks of 8 bytes' alignment waste 2 bytes more on
   * average: an entry of 8 + 8 bytes would take 32 bytes instead of 28. A bucket padded to a cache
   * line would take 64 bytes instead of 44, 5 bytes more an entry at 4 entries a bucket, and save
   * half a line's transfer on two lookups of three.
   */
  static final int BUCKET_TOPHASHES_OFFSET = 0;
  static final int BUCKET_TOPHASHES_SIZE = 8;
  static final int BUCKET_REFERENCES_OFFSET = 8;
  static final int BUCKET_REFERENCES_SIZE = 32;
  static final int BUCKET_OVERFLOW_OFFSET = 40;
  static final int BUCKET_OVERFLOW_SIZE = 4;
  static final int NARROW_FLAGS_OFFSET = 0;
  static final int NARROW_FLAGS_SIZE = 1;
  static final int NARROW_VERSION_OFFSET = 1;
  static final int NARROW_VERSION_SIZE = 8;
  static final int NARROW_KEY_LENGTH_OFFSET = 9;
  static final int NARROW_KEY_LENGTH_SIZE = 1;
  static final int NARROW_VALUE_LENGTH_OFFSET = 10;
  static final int NARROW_VALUE_LENGTH_SIZE = 1;
  static final int WIDE_FLAGS_OFFSET = 0;
  static final int WIDE_FLAGS_SIZE = 1;
  static final int WIDE_VERSION_OFFSET = 1;
  static final int WIDE_VERSION_SIZE = 8;
  static final int WIDE_KEY_LENGTH_OFFSET = 9;
  static final int WIDE_KEY_LENGTH_SIZE = 2;
  static final int WIDE_VALUE_LENGTH_OFFSET = 11;
  static final int WIDE_VALUE_LENGTH_SIZE = 4;
  static final int EXPIRY_DEADLINE_OFFSET = 0;
  static final int EXPIRY_DEADLINE_SIZE = 8;
  static final int EXPIRY_EARLIER_OFFSET = 8;
  static final int EXPIRY_EARLIER_SIZE = 4;
  static final int EXPIRY_LATER_OFFSET = 12;
  static final int EXPIRY_LATER_SIZE = 4;
  static final int USAGE_STAMP_OFFSET = 0;
  static final int USAGE_STAMP_SIZE = 4;
  static final int TAIL_EXTENT_OFFSET = 0;
  static final int TAIL_EXTENT_SIZE = 4;
  static final int TAIL_HASH_OFFSET = 4;
  static final int TAIL_HASH_SIZE = 16;
  static final int FREE_FLAGS_OFFSET = 0;
  static final int FREE_FLAGS_SIZE = 1;
  static final int FREE_SIZE_CLASS_OFFSET = 1;
  static final int FREE_SIZE_CLASS_SIZE = 1;
  static final int FREE_NEXT_OFFSET = 4;
  static final int FREE_NEXT_SIZE = 4;
  static final int FREE_PREVIOUS_OFFSET = 8;
  static final int FREE_PREVIOUS_SIZE = 4;

  static final int BUCKET_BYTES = BUCKET_OVERFLOW_OFFSET + BUCKET_OVERFLOW_SIZE;
  static final int BUCKET_CELLS = 8;
  static final int NARROW_HEADER_BYTES = NARROW_VALUE_LENGTH_OFFSET + NARROW_VALUE_LENGTH_SIZE;
  static final int WIDE_HEADER_BYTES = WIDE_VALUE_LENGTH_OFFSET + WIDE_VALUE_LENGTH_SIZE;
  static final int EXPIRY_BYTES = EXPIRY_LATER_OFFSET + EXPIRY_LATER_SIZE;
  static final int USAGE_BYTES = USAGE_STAMP_OFFSET + USAGE_STAMP_SIZE;
  static final int TAIL_BYTES = TAIL_HASH_OFFSET + TAIL_HASH_SIZE;

  static final int BLOCK_ALIGNMENT = 4;

  /** Bytes of the header of a byte[] on a 64-bit JVM with compressed class pointers. */
  static final int ARRAY_HEADER_BYTES = 16;

  /** Flag of an entry with a wide header. */
  static final int WIDE = 1;

  /** Flag of a block that holds no entry. */
  static final int FREE = 2;

  /** Flag of an entry with a usage part: its length. */
  static final int USAGE = USAGE_BYTES;

  /** Flag of an entry whose value is an extent. */
  static final int EXTENT = 8;

  /** Flag of an entry with an expiry part: its length. */
  static final int EXPIRY = EXPIRY_BYTES;

  /** Flag of a free block that is in no list, since its page is being emptied. */
  static final int UNLISTED = 32;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private Layout() {}

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  static int unsignedShortAt(byte[] bytes, int at) {
    return Short.toUnsignedInt((short) SHORT.get(bytes, at));
  }

  static void putShort(byte[] bytes, int at, int value) {
    SHORT.set(bytes, at, (short) value);
  }

  static int unsignedByteAt(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]);
  }
}
