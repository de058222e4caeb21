package io.shardgrid.node.resp;

import java.nio.charset.StandardCharsets;

/**
 * Where a scan reads on: as clients see it one decimal number, {@code shard << 32 | position}, of
 * which 0 begins and ends. Immutable.
 *
 * @param position the shard's position, 32 bits without sign; 0 for its beginning
 */
record ScanCursor(int shard, long position) {

  private static final int POSITION_BITS = 32;
  private static final long POSITION_MASK = 0xFFFF_FFFFL;

  /**
   * Reads what a client sent.
   *
   * @param shards number of shards of the cluster
   */
  static ScanCursor parse(byte[] text, int shards) {
    try {
      long number = Long.parseUnsignedLong(new String(text, StandardCharsets.ISO_8859_1));
      long shard = number >>> POSITION_BITS;
      if (shard < shards) {
        return new ScanCursor((int) shard, number & POSITION_MASK);
      }
    } catch (NumberFormatException e) {
      throw new CommandRefusal("ERR invalid cursor");
    }
    throw new CommandRefusal("ERR invalid cursor");
  }

  /** As clients see it. */
  String text() {
    return Long.toUnsignedString((long) shard << POSITION_BITS | (position & POSITION_MASK));
  }
}
