package io.shardgrid.rule;

import java.nio.charset.StandardCharsets;

/** What strangers wrote, as it may stand in a message: short, and on one line. */
final class RuleText {

  static final int LENGTH_MAX = 1024;
  private static final int NAME_LENGTH_MAX = 128;

  private RuleText() {}

  /** UTF-8 on one line, the rest cut off. */
  static String of(byte[] bytes) {
    return clean(new String(bytes, StandardCharsets.UTF_8), LENGTH_MAX);
  }

  static String shortened(String name) {
    return clean(name, NAME_LENGTH_MAX);
  }

  static String quoted(String name) {
    return '"' + shortened(name) + '"';
  }

  private static String clean(String text, int lengthMax) {
    String cut = text.length() > lengthMax ? text.substring(0, lengthMax) + "..." : text;
    var clean = new StringBuilder(cut.length());
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      clean.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return clean.toString();
  }
}
