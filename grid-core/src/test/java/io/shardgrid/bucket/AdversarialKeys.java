package io.shardgrid.bucket;

import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;

/** Keys made to collide in hashes that others use, or in this table for who knows its seed. */
final class AdversarialKeys {

  static final long HASH_SEED = 42;

  private static final int COUNT = 300;
  private static final byte[][] SAME_BUCKET = TestKeys.colliding(HASH_SEED, 6, COUNT);

  private AdversarialKeys() {}

  static LongFunction<byte[]> ofKind(int kind) {
    return switch (kind) {
      case 0 -> AdversarialKeys::sameCrc16;
      case 1 -> AdversarialKeys::sameStringHash;
      default -> number -> SAME_BUCKET[(int) number];
    };
  }

  /** Keys of one slot: two bytes that bring CRC16 (XMODEM) to 0 follow a number. */
  static byte[] sameCrc16(long number) {
    byte[] key = new byte[10];
    Layout.putLong(key, 0, number);
    int crc = crc16(key, 8);
    // A CRC over a message and its own CRC, most significant byte first, is 0.
    key[8] = (byte) (crc >>> 8);
    key[9] = (byte) crc;
    return key;
  }

  static int crc16(byte[] bytes, int length) {
    int crc = 0;
    for (int i = 0; i < length; i++) {
      crc ^= (bytes[i] & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
      }
      crc &= 0xffff;
    }
    return crc;
  }

  /** Strings of one {@code hashCode}: "Aa" and "BB" have the same, so all mixes of them do. */
  static byte[] sameStringHash(long number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 20; bit++) {
      text.append((number >>> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
