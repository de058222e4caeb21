package io.shardgrid.bucket;

import static io.shardgrid.bucket.Layout.BUCKET_BYTES;
import static io.shardgrid.bucket.Layout.BUCKET_CELLS;
import static io.shardgrid.bucket.Layout.BUCKET_OVERFLOW_OFFSET;
import static io.shardgrid.bucket.Layout.BUCKET_REFERENCES_OFFSET;
import static io.shardgrid.bucket.Layout.BUCKET_TOPHASHES_OFFSET;

import java.util.Arrays;

/**
 * One array of 2^B buckets with its overflow buckets. Not thread-safe.
 *
 * <p>A cell is named by its position, {@code bucket * 8 + cell}; {@link #NONE} is no cell.
 */
final class BucketTable {

  /*
   * A chain is a bucket and the overflow buckets that hang on it. The eight tophashes of a bucket
   * are one long; SWAR (SIMD within a register) compares all of them at once:
   *
   *   x = tophashes ^ (tophash * 0x0101010101010101)      a byte of x is 0 where the cell matches
   *   ~(((x & 0x7f..7f) + 0x7f..7f) | x | 0x7f..7f)       0x80 in exactly the bytes of x that are 0
   *
   * A cell matches by chance once in 255 times; only then is a foreign key read.
   * (The shorter (x - 0x01..01) & ~x & 0x80..80 also marks some bytes that are not 0.)
   *
   * Main and overflow buckets share one index space and one directory of segments. Segments are
   * made when first needed, so a new table costs its directory only, and are given back one by one
   * while the table is evacuated. Overflow buckets are never freed singly: they go with the table.
   *
   * Sources: runtime/map.go of Go 1.23 (hmap, bmap, tophash, overflow);
   * H. S. Warren, Hacker's Delight, 2nd edition, 6-1 (find first 0-byte).
   */
  static final int NONE = -1;

  static final int LOG_MAX = 27;
  private static final int SEGMENT_LOG = 10;
  private static final int SEGMENT_BUCKETS = 1 << SEGMENT_LOG;
  private static final int CELL_LOG = 3;
  private static final int OVERFLOW_START_BUCKETS = 8;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final Reservation reservation;
  private final int buckets;
  private byte[][] segments;
  private int overflowBuckets;

  BucketTable(int log, Reservation reservation) {
    this.reservation = reservation;
    this.buckets = 1 << log;
    int bucketsForeseen = buckets + (buckets >> 1);
    this.segments = new byte[(bucketsForeseen >> SEGMENT_LOG) + 1][];
    Arrays.fill(segments, Reservation.NO_BYTES);
  }

  int buckets() {
    return buckets;
  }

  int overflowBuckets() {
    return overflowBuckets;
  }

  int bucketOf(long hash) {
    return (int) hash & (buckets - 1);
  }

  /** The position of the key's cell, or {@link #NONE}. The key's bucket must be in place. */
  long locate(long hash, byte[] key, PageStore pages) {
    int bucket = bucketOf(hash);
    do {
      for (long cells = matchingCells(bucket, hash); cells != 0; cells &= cells - 1) {
        long position = position(bucket, firstCell(cells));
        if (pages.keyEquals(reference(position), key)) {
          return position;
        }
      }
      bucket = next(bucket);
    } while (bucket != 0);
    return NONE;
  }

  /** The key's entry, or {@link PageStore#NONE}: {@link #locate} for reads, as short as can be. */
  int find(long hash, byte[] key, PageStore pages) {
    long pattern = tophash(hash) * LOW_BITS;
    int bucket = bucketOf(hash);
    do {
      byte[] segment = segment(bucket);
      int at = offset(bucket);
      long matches = zeroBytes(Layout.longAt(segment, at + BUCKET_TOPHASHES_OFFSET) ^ pattern);
      for (; matches != 0; matches &= matches - 1) {
        int reference = Layout.intAt(segment, referenceAt(at, firstCell(matches)));
        if (pages.keyEquals(reference, key)) {
          return reference;
        }
      }
      bucket = Layout.intAt(segment, at + BUCKET_OVERFLOW_OFFSET);
    } while (bucket != 0);
    return PageStore.NONE;
  }

  /** The cells of a bucket whose tophash is that of the hash, one bit each as in fullCells. */
  long matchingCells(int bucket, long hash) {
    long tophashes = Layout.longAt(segment(bucket), offset(bucket) + BUCKET_TOPHASHES_OFFSET);
    return zeroBytes(tophashes ^ (tophash(hash) * LOW_BITS));
  }

  int reference(long position) {
    int bucket = bucket(position);
    return Layout.intAt(segment(bucket), referenceAt(offset(bucket), cell(position)));
  }

  void refer(long position, int reference) {
    int bucket = bucket(position);
    Layout.putInt(segment(bucket), referenceAt(offset(bucket), cell(position)), reference);
  }

  void fill(long position, long hash, int reference) {
    refer(position, reference);
    int bucket = bucket(position);
    segment(bucket)[tophashAt(bucket, position)] = (byte) tophash(hash);
  }

  void empty(long position) {
    int bucket = bucket(position);
    segment(bucket)[tophashAt(bucket, position)] = 0;
  }

  /**
   * An empty cell in the chain of the hash, in a new overflow bucket if need be; {@link #NONE} if
   * the budget has no room for it and may not be overdrawn.
   */
  long vacancy(long hash, boolean overdraw) {
    int bucket = bucketOf(hash);
    if (!makeBucket(bucket, overdraw)) {
      return NONE;
    }
    while (true) {
      byte[] segment = segment(bucket);
      int at = offset(bucket);
      long empty = zeroBytes(Layout.longAt(segment, at + BUCKET_TOPHASHES_OFFSET));
      if (empty != 0) {
        return position(bucket, firstCell(empty));
      }
      int next = Layout.intAt(segment, at + BUCKET_OVERFLOW_OFFSET);
      if (next == 0) {
        return addOverflow(bucket, overdraw);
      }
      bucket = next;
    }
  }

  private long addOverflow(int last, boolean overdraw) {
    int added = buckets + overflowBuckets;
    if (!makeBucket(added, overdraw)) {
      return NONE;
    }
    overflowBuckets++;
    Layout.putInt(segment(last), offset(last) + BUCKET_OVERFLOW_OFFSET, added);
    return position(added, 0);
  }

  /** The overflow bucket that follows in the chain, or 0. */
  int next(int bucket) {
    return Layout.intAt(segment(bucket), offset(bucket) + BUCKET_OVERFLOW_OFFSET);
  }

  int chainLength(int bucket) {
    int length = 1;
    for (int next = next(bucket); next != 0; next = next(next)) {
      length++;
    }
    return length;
  }

  /** The full cells of a bucket, one bit each: {@link #firstCell} reads and x & (x-1) drops one. */
  long fullCells(int bucket) {
    long tophashes = Layout.longAt(segment(bucket), offset(bucket) + BUCKET_TOPHASHES_OFFSET);
    return ~zeroBytes(tophashes) & HIGH_BITS;
  }

  static int firstCell(long cells) {
    return Long.numberOfTrailingZeros(cells) >>> CELL_LOG;
  }

  static long position(int bucket, int cell) {
    return ((long) bucket << CELL_LOG) | cell;
  }

  /** Makes sure that so many overflow buckets can be added without asking the budget. */
  boolean makeOverflow(int count) {
    for (int i = 0; i < count; i++) {
      if (!makeBucket(buckets + overflowBuckets + i)) {
        return false;
      }
    }
    return true;
  }

  /** Puts a bucket's memory in place; false if the budget has no room for it. */
  boolean makeBucket(int bucket) {
    return makeBucket(bucket, false);
  }

  private boolean makeBucket(int bucket, boolean overdraw) {
    int index = bucket >>> SEGMENT_LOG;
    int bytes = offset(bucket) + BUCKET_BYTES;
    boolean inPlace = index < segments.length && bytes <= segments[index].length;
    return inPlace || extend(index, bytes, overdraw);
  }

  private boolean extend(int index, int bytesNeeded, boolean overdraw) {
    if (index >= segments.length) {
      int length = segments.length;
      segments = Arrays.copyOf(segments, length + (length >> 3) + 1);
      Arrays.fill(segments, length, segments.length, Reservation.NO_BYTES);
    }
    byte[] segment = segments[index];
    int mainBuckets = Math.min(SEGMENT_BUCKETS, Math.max(0, buckets - (index << SEGMENT_LOG)));
    int held = segment.length / BUCKET_BYTES;
    int ahead = held == 0 ? OVERFLOW_START_BUCKETS : held + (held >> 2);
    int wanted = held == 0 && mainBuckets > 0 ? mainBuckets : ahead;
    wanted = Math.min(SEGMENT_BUCKETS, Math.max(wanted, bytesNeeded / BUCKET_BYTES));
    int length = wanted * BUCKET_BYTES;
    byte[] larger = overdraw ? reservation.arrayOverdrawn(length) : reservation.array(length);
    if (larger.length == 0) {
      return false;
    }
    System.arraycopy(segment, 0, larger, 0, segment.length);
    segments[index] = larger;
    reservation.release(segment);
    return true;
  }

  /** Gives back the segment that ends with this bucket, if one does and holds nothing else. */
  void releaseBefore(int bucket) {
    if (bucket % SEGMENT_BUCKETS == 0) {
      releaseSegment((bucket >>> SEGMENT_LOG) - 1);
    }
  }

  /** Gives back all that is left. */
  void release() {
    for (int i = 0; i < segments.length; i++) {
      releaseSegment(i);
    }
  }

  private void releaseSegment(int index) {
    reservation.release(segments[index]);
    segments[index] = Reservation.NO_BYTES;
  }

  private byte[] segment(int bucket) {
    return segments[bucket >>> SEGMENT_LOG];
  }

  private static int offset(int bucket) {
    return (bucket & (SEGMENT_BUCKETS - 1)) * BUCKET_BYTES;
  }

  private static int referenceAt(int at, int cell) {
    return at + BUCKET_REFERENCES_OFFSET + (cell << 2);
  }

  private static int tophashAt(int bucket, long position) {
    return offset(bucket) + BUCKET_TOPHASHES_OFFSET + cell(position);
  }

  private static int bucket(long position) {
    return (int) (position >>> CELL_LOG);
  }

  private static int cell(long position) {
    return (int) position & (BUCKET_CELLS - 1);
  }

  private static long tophash(long hash) {
    return Math.max(1, hash >>> 56);
  }

  private static long zeroBytes(long x) {
    return ~(((x & ~HIGH_BITS) + ~HIGH_BITS) | x | ~HIGH_BITS);
  }
}
