package io.shardgrid.bucket;

/**
 * The lengths that blocks come in: every multiple of 4 from 12 to 128, then 16 to a doubling up to
 * 84 KiB, enough for the longest key and value that stand in a page. An entry wastes at most a
 * sixteenth of its block, or 3 bytes. Stateless.
 */
final class SizeClasses {

  /** The shortest block: that of an entry with neither key nor value, and of a free block. */
  static final int BLOCK_BYTES_MIN = 12;

  static final int BLOCK_BYTES_MAX = 84 << 10;

  private static final int LINEAR_BYTES_MAX = 128;
  private static final int LINEAR_CLASSES = (LINEAR_BYTES_MAX - BLOCK_BYTES_MIN) / 4 + 1;
  private static final int LINEAR_LOG = 7;
  private static final int STEPS_LOG = 4;

  private SizeClasses() {}

  /** The class of the shortest block that holds {@code bytes}, 0 to {@link #BLOCK_BYTES_MAX}. */
  static int of(int bytes) {
    if (bytes <= LINEAR_BYTES_MAX) {
      return Math.max(0, (bytes - BLOCK_BYTES_MIN + 3) >> 2);
    }
    int log = 31 - Integer.numberOfLeadingZeros(bytes - 1);
    int step = (bytes - 1 - (1 << log)) >> (log - STEPS_LOG);
    return LINEAR_CLASSES + ((log - LINEAR_LOG) << STEPS_LOG) + step;
  }

  /** How long the blocks of a class are; a multiple of 4. */
  static int bytes(int sizeClass) {
    if (sizeClass < LINEAR_CLASSES) {
      return BLOCK_BYTES_MIN + (sizeClass << 2);
    }
    int log = LINEAR_LOG + ((sizeClass - LINEAR_CLASSES) >> STEPS_LOG);
    int step = (sizeClass - LINEAR_CLASSES) & ((1 << STEPS_LOG) - 1);
    return (1 << log) + ((step + 1) << (log - STEPS_LOG));
  }

  /**
   * The class of the longest block that can be cut off {@code bytes} (a multiple of 4, {@link
   * #BLOCK_BYTES_MIN} or more) so that the rest is empty or long enough for blocks again.
   */
  static int cutOff(int bytes) {
    int sizeClass = of(Math.min(bytes, BLOCK_BYTES_MAX));
    while (bytes(sizeClass) > bytes
        || (bytes(sizeClass) != bytes && bytes - bytes(sizeClass) < BLOCK_BYTES_MIN)) {
      sizeClass--;
    }
    return sizeClass;
  }
}
