package io.shardgrid.actor;

import java.nio.charset.StandardCharsets;

/** Shows keys to people. */
final class KeyText {

  private static final int CHARS_MAX = 80;

  private KeyText() {}

  /** Its first characters, with a question mark for each that is not printable. */
  static String of(byte[] key) {
    String text = new String(key, StandardCharsets.UTF_8).replaceAll("[^\\p{Print}]", "?");
    return text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + "..." : text;
  }
}
