package io.shardgrid.shard;

/**
 * Shows keys and values in messages: printable ASCII as it is, all else as {@code \xNN}. Stateless.
 */
public final class PrintableBytes {

  private static final int BYTES_SHOWN_MAX = 40;

  private PrintableBytes() {}

  /** The first 40 bytes, and how many more there are. */
  public static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder("'");
    int shown = Math.min(bytes.length, BYTES_SHOWN_MAX);
    for (int i = 0; i < shown; i++) {
      int one = bytes[i] & 0xff;
      if (one >= ' ' && one <= '~') {
        text.append((char) one);
      } else {
        text.append("\\x%02x".formatted(one));
      }
    }
    text.append('\'');
    if (bytes.length > shown) {
      text.append("+").append(bytes.length - shown).append(" bytes");
    }
    return text.toString();
  }
}
