package io.shardgrid.client.mirror;

import java.util.Locale;

/** Bytes as text of bounded length that can be printed anywhere. Stateless. */
final class Printable {

  static final int KEY_CHARS_MAX = 80;
  static final int VALUE_CHARS_MAX = 200;

  private Printable() {}

  /** ASCII as it is, anything else as {@code \xNN}; what is longer is cut, and its length told. */
  static String of(byte[] bytes, int charsMax) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < bytes.length && text.length() < charsMax) {
      int value = bytes[at++] & 0xff;
      if (value >= ' ' && value <= '~' && value != '\\') {
        text.append((char) value);
      } else {
        text.append(String.format(Locale.ROOT, "\\x%02x", value));
      }
    }
    return at == bytes.length ? text.toString() : text + "... (" + bytes.length + " bytes)";
  }
}
