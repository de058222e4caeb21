package io.shardgrid.bucket;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** A 64-bit number as decimal ASCII, the way Redis reads it (string2ll in util.c). */
public final class DecimalBytes {

  private static final int LENGTH_MAX = 20;

  private DecimalBytes() {}

  /**
   * The number, or empty: one text a number, so no plus sign, no space, no leading zero, no minus
   * zero, and nothing outside 64 bits.
   */
  public static OptionalLong parse(byte[] text) {
    if (text.length == 0 || text.length > LENGTH_MAX) {
      return OptionalLong.empty();
    }
    boolean isNegative = text[0] == '-';
    int at = isNegative ? 1 : 0;
    if (at == text.length || (text[at] == '0' && text.length > 1)) {
      return OptionalLong.empty();
    }
    return parseDigits(text, at, isNegative);
  }

  private static OptionalLong parseDigits(byte[] text, int from, boolean isNegative) {
    // Counts downwards, for the smallest number has no positive counterpart.
    long negated = 0;
    for (int at = from; at < text.length; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9 || negated < (Long.MIN_VALUE + digit) / 10) {
        return OptionalLong.empty();
      }
      negated = negated * 10 - digit;
    }
    if (isNegative) {
      return OptionalLong.of(negated);
    }
    return negated == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(-negated);
  }

  public static byte[] format(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
