package io.shardgrid.key;

/**
 * Says which slot a key falls into and which shard owns a slot.
 *
 * <p>Slots are those of the Redis Cluster specification ("Key distribution model", "Hash tags"), so
 * that cluster clients compute the same ones. Pure arithmetic, no allocation except for {@link
 * #rangeOf}.
 */
public final class Slot {

  /* CRC16 takes four bytes a step ("slicing": Kounavis and Berry, "A Systematic Approach to Building
   * High Performance Software-based CRC Generators", 2005). Bytewise, each step waits for the lookup
   * of the one before; here four lookups wait for none of each other. Table n holds what a byte adds
   * to the remainder when n further bytes follow it. Four tables are 2 KiB of the nearest cache;
   * eight would be 4 KiB, and no quicker for keys of 16 bytes.
   */

  /** Number of slots, numbered from 0. */
  public static final int COUNT = 16_384;

  private static final int COUNT_BITS = 14;
  private static final int CRC_POLYNOMIAL = 0x1021;
  private static final char[] CRC_0 = crcTable();
  private static final char[] CRC_1 = oneByteOn(CRC_0);
  private static final char[] CRC_2 = oneByteOn(CRC_1);
  private static final char[] CRC_3 = oneByteOn(CRC_2);

  private Slot() {}

  /**
   * The slot of {@code key}: CRC16/XMODEM of the key, or of its hash tag, modulo {@link #COUNT}.
   *
   * <p>The hash tag is what stands between the first opening brace and the first closing brace
   * after it, unless that is nothing. O(bytes).
   */
  public static int of(byte[] key) {
    int open = indexOf(key, '{', 0);
    if (open >= 0) {
      int close = indexOf(key, '}', open + 1);
      if (close > open + 1) {
        return crc16(key, open + 1, close) & (COUNT - 1);
      }
    }
    return crc16(key, 0, key.length) & (COUNT - 1);
  }

  /** The shard that owns {@code slot} in a cluster of {@code shards} shards, 1 to 16384. */
  public static int shardOf(int slot, int shards) {
    checkShards(shards);
    if (slot < 0 || slot >= COUNT) {
      throw new IllegalArgumentException("no such slot: slot=" + slot + ", slots=" + COUNT);
    }
    return (slot * shards) >>> COUNT_BITS;
  }

  /**
   * The slots that {@code shard} owns in a cluster of {@code shards} shards, 1 to 16384.
   *
   * <p>The sizes of two shards' ranges differ by at most one.
   */
  public static SlotRange rangeOf(int shard, int shards) {
    checkShards(shards);
    if (shard < 0 || shard >= shards) {
      throw new IllegalArgumentException("no such shard: shard=" + shard + ", shards=" + shards);
    }
    return new SlotRange(firstOf(shard, shards), firstOf(shard + 1, shards) - 1);
  }

  private static int firstOf(int shard, int shards) {
    return ((shard << COUNT_BITS) + shards - 1) / shards;
  }

  private static void checkShards(int shards) {
    if (shards < 1 || shards > COUNT) {
      throw new IllegalArgumentException(
          "number of shards is out of range: shards=" + shards + ", shardsMax=" + COUNT);
    }
  }

  private static int indexOf(byte[] key, char wanted, int from) {
    for (int at = from; at < key.length; at++) {
      if (key[at] == wanted) {
        return at;
      }
    }
    return -1;
  }

  private static int crc16(byte[] key, int from, int to) {
    int crc = 0;
    int at = from;
    for (; at < to - 3; at += 4) {
      crc =
          CRC_3[((crc >>> 8) ^ key[at]) & 0xFF]
              ^ CRC_2[(crc ^ key[at + 1]) & 0xFF]
              ^ CRC_1[key[at + 2] & 0xFF]
              ^ CRC_0[key[at + 3] & 0xFF];
    }
    for (; at < to; at++) {
      crc = ((crc << 8) ^ CRC_0[((crc >>> 8) ^ key[at]) & 0xFF]) & 0xFFFF;
    }
    return crc;
  }

  private static char[] crcTable() {
    char[] table = new char[256];
    for (int index = 0; index < table.length; index++) {
      int crc = index << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ CRC_POLYNOMIAL;
      }
      table[index] = (char) crc;
    }
    return table;
  }

  /** The remainders of {@code table}, each with a zero byte behind it. */
  private static char[] oneByteOn(char[] table) {
    char[] next = new char[table.length];
    for (int index = 0; index < next.length; index++) {
      int crc = table[index];
      next[index] = (char) ((crc << 8) ^ CRC_0[crc >>> 8]);
    }
    return next;
  }
}
