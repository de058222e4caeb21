package io.shardgrid.key;

/**
 * Says which slot a key falls into and which shard owns a slot.
 *
 * <p>Slots are those of the Redis Cluster specification ("Key distribution model", "Hash tags"), so
 * that cluster clients compute the same ones. Pure arithmetic, no allocation except for {@link
 * #rangeOf}.
 */
public final class Slot {

  /** Number of slots, numbered from 0. */
  public static final int COUNT = 16_384;

  private static final int COUNT_BITS = 14;
  private static final int CRC_POLYNOMIAL = 0x1021;
  private static final char[] CRC_TABLE = crcTable();

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
    for (int at = from; at < to; at++) {
      crc = ((crc << 8) ^ CRC_TABLE[((crc >>> 8) ^ key[at]) & 0xFF]) & 0xFFFF;
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
}
