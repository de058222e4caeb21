package io.shardgrid.node.resp;

/** Reads decimal numbers as strictly as Redis: no plus sign, no leading zeros, no blanks. */
final class Decimal {

  private static final int DIGITS_MAX = 19;

  private Decimal() {}

  /** The number of 64 bits that these bytes show. */
  static long parse(byte[] text) {
    boolean isNegative = text.length > 0 && text[0] == '-';
    int first = isNegative ? 1 : 0;
    int digits = text.length - first;
    if (digits < 1 || digits > DIGITS_MAX || (text[first] == '0' && text.length > 1)) {
      throw CommandRefusal.notAnInteger();
    }
    // Counts in negative numbers, for the least long has no positive counterpart.
    long negative = 0;
    for (int at = first; at < text.length; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        throw CommandRefusal.notAnInteger();
      }
      long next = negative * 10 - digit;
      if (next > 0 || (next > negative && negative != 0) || negative < Long.MIN_VALUE / 10) {
        throw CommandRefusal.notAnInteger();
      }
      negative = next;
    }
    if (!isNegative && negative == Long.MIN_VALUE) {
      throw CommandRefusal.notAnInteger();
    }
    return isNegative ? negative : -negative;
  }
}
