package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;

/** Reads the lines that announce a length: a type byte, a decimal number, CR and LF. */
final class LengthLine {

  /** The line has not arrived in full; nothing was consumed. */
  static final int INCOMPLETE = Integer.MIN_VALUE;

  /** The length of what is absent, as in {@code $-1}. */
  static final int ABSENT = -1;

  private static final int DIGITS_MAX = 10;

  private LengthLine() {}

  /**
   * Consumes the line at the reader index and returns its number, {@link #ABSENT} or {@link
   * #INCOMPLETE}.
   *
   * <p>An incomplete line is read again by the next call: it has at most 14 bytes.
   *
   * @throws RespProtocolException if this is no length from -1 to 2^31 - 1
   */
  static int read(ByteBuf in) {
    int end = in.writerIndex();
    int at = in.readerIndex() + 1;
    if (at >= end) {
      return INCOMPLETE;
    }
    boolean negative = in.getByte(at) == '-';
    int first = negative ? at + 1 : at;
    long value = 0;
    for (at = first; at < end; at++) {
      int digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (at - first == DIGITS_MAX) {
        throw bad();
      }
      value = value * 10 + digit;
    }
    if (!isEnded(in, at, at == first)) {
      return INCOMPLETE;
    }
    if (value > Integer.MAX_VALUE || (negative && value != 1)) {
      throw bad();
    }
    in.readerIndex(at + 2);
    return negative ? ABSENT : (int) value;
  }

  private static boolean isEnded(ByteBuf in, int at, boolean hasNoDigit) {
    int arrived = in.writerIndex() - at;
    if (arrived > 0 && (hasNoDigit || in.getByte(at) != '\r')) {
      throw bad();
    }
    if (arrived > 1 && in.getByte(at + 1) != '\n') {
      throw bad();
    }
    return arrived > 1;
  }

  private static RespProtocolException bad() {
    return RespProtocolException.lost("invalid length: smallest=-1, largest=" + Integer.MAX_VALUE);
  }
}
