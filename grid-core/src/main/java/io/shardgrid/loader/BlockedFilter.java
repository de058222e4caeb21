package io.shardgrid.loader;

/**
 * The arithmetic of a blocked Bloom filter: which block a key is in, and which of its bits. Holds
 * no bits itself. Immutable.
 */
public final class BlockedFilter {

  /*
   * A filter is a number of blocks of 64 bytes. The hash of a key chooses one block, and in each of
   * its eight words of 64 bits one bit:
   *
   *   hash   bits 63..32  block = (high half * blocks) >> 32
   *          all          remixed: 8 groups of 6 bits, one bit number in each word
   *
   * So a question, and an addition, is about one block: one entry of a map. A classical filter
   * would spread its bits over as many entries as it has hash functions. The price is that blocks
   * are filled unevenly, which costs about 2 bits a key at the same rate of false positives.
   *
   * Sources: Putze, Sanders, Singler, Cache-, Hash- and Space-Efficient Bloom Filters, WEA 2007
   * (blocks); the one bit a word is the split block of Apache Parquet's specification of Bloom
   * filters, with words of 64 bits.
   */

  /** Bytes of a block. */
  public static final int BLOCK_BYTES = 64;

  private static final int WORDS = 8;
  private static final int BITS_A_KEY = 16;
  private static final int BLOCK_BITS = 8 * BLOCK_BYTES;
  private static final long MIX_1 = 0xbf58476d1ce4e5b9L;
  private static final long MIX_2 = 0x94d049bb133111ebL;

  private BlockedFilter() {}

  /** Blocks for so many keys: 16 bits a key. */
  public static int blocksFor(long keys) {
    long blocks = (Math.max(1, keys) * BITS_A_KEY + BLOCK_BITS - 1) / BLOCK_BITS;
    return (int) Math.min(blocks, 1 << 24);
  }

  /** The block of a key, 0 to {@code blocks} - 1. */
  public static int blockOf(long hash, int blocks) {
    return (int) (((hash >>> 32) * blocks) >>> 32);
  }

  /** Whether a block has all bits of a key: if not, the key was never added. */
  public static boolean has(byte[] block, long hash) {
    long bits = mixed(hash);
    for (int word = 0; word < WORDS; word++, bits >>>= 6) {
      int bit = (int) (bits & 63);
      if ((block[8 * word + (bit >> 3)] & (1 << (bit & 7))) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Sets all bits of a key; whether one of them is new. */
  public static boolean add(byte[] block, long hash) {
    boolean isNew = false;
    long bits = mixed(hash);
    for (int word = 0; word < WORDS; word++, bits >>>= 6) {
      int bit = (int) (bits & 63);
      int at = 8 * word + (bit >> 3);
      int mask = 1 << (bit & 7);
      isNew |= (block[at] & mask) == 0;
      block[at] |= (byte) mask;
    }
    return isNew;
  }

  /** The finalizer of SplitMix64, so that the bits do not follow from the block. */
  private static long mixed(long hash) {
    long z = hash;
    z = (z ^ (z >>> 30)) * MIX_1;
    z = (z ^ (z >>> 27)) * MIX_2;
    return z ^ (z >>> 31);
  }
}
