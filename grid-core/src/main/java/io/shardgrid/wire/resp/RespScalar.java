package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Turns the text of a reply's line, or of an error or verbatim string, into a value. */
final class RespScalar {

  static final RespValue NULL = new RespValue.Null();

  private static final RespValue OK = new RespValue.Simple("OK");
  private static final RespValue TRUE = new RespValue.Bool(true);
  private static final RespValue FALSE = new RespValue.Bool(false);

  /** Parsing a number of n digits costs O(n^2). */
  private static final int NUMBER_BYTES_MAX = 1024;

  private static final int FORMAT_BYTES = 3;

  private RespScalar() {}

  /**
   * The value of a line without its type byte and its end.
   *
   * @throws RespProtocolException if {@code type} is none of a line's, or the text is not of it
   */
  static RespValue ofLine(byte type, ByteBuf in, int from, int to) {
    return switch (type) {
      case '+' -> simple(in, from, to);
      case '-' -> failure(text(in, from, to));
      case ':' -> new RespValue.Int(number(in, from, to));
      case ',' -> new RespValue.Real(real(numberText(in, from, to)));
      case '(' -> new RespValue.BigNumber(bigNumber(numberText(in, from, to)));
      case '#' -> bool(in, from, to);
      case '_' -> nothing(from, to);
      default -> throw RespProtocolException.lost("unknown type: typeByte=" + (type & 0xFF));
    };
  }

  /** The error whose text is {@code text}. */
  static RespValue failure(String text) {
    int blank = text.indexOf(' ');
    return blank < 0
        ? new RespValue.Failure(text, "")
        : new RespValue.Failure(text.substring(0, blank), text.substring(blank + 1));
  }

  /** The text of a verbatim string, which begins with its format and a colon. */
  static RespValue verbatim(byte[] bytes) {
    if (bytes.length <= FORMAT_BYTES || bytes[FORMAT_BYTES] != ':') {
      throw RespProtocolException.lost("verbatim string has no format: bulkBytes=" + bytes.length);
    }
    return new RespValue.Verbatim(
        new String(bytes, 0, FORMAT_BYTES, StandardCharsets.ISO_8859_1),
        new String(
            bytes, FORMAT_BYTES + 1, bytes.length - FORMAT_BYTES - 1, StandardCharsets.UTF_8));
  }

  private static RespValue simple(ByteBuf in, int from, int to) {
    boolean isOk = to - from == 2 && in.getByte(from) == 'O' && in.getByte(from + 1) == 'K';
    return isOk ? OK : new RespValue.Simple(text(in, from, to));
  }

  private static RespValue bool(ByteBuf in, int from, int to) {
    byte letter = to - from == 1 ? in.getByte(from) : 0;
    return switch (letter) {
      case 't' -> TRUE;
      case 'f' -> FALSE;
      default -> throw RespProtocolException.lost("not a boolean: lineBytes=" + (to - from));
    };
  }

  private static RespValue nothing(int from, int to) {
    if (from != to) {
      throw RespProtocolException.lost("null with content: lineBytes=" + (to - from));
    }
    return NULL;
  }

  /** Counts downwards, for the least long has no positive counterpart. */
  private static long number(ByteBuf in, int from, int to) {
    byte sign = from < to ? in.getByte(from) : 0;
    boolean hasSign = sign == '-' || sign == '+';
    int at = hasSign ? from + 1 : from;
    long least = sign == '-' ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long negated = 0;
    boolean isNumber = at < to;
    for (; at < to && isNumber; at++) {
      int digit = in.getByte(at) - '0';
      isNumber = digit >= 0 && digit <= 9 && negated >= (least + digit) / 10;
      negated = negated * 10 - digit;
    }
    if (!isNumber) {
      throw RespProtocolException.lost("not a number of 64 bits: lineBytes=" + (to - from));
    }
    return sign == '-' ? negated : -negated;
  }

  private static double real(String text) {
    return switch (text) {
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> finite(text);
    };
  }

  /** Java's parser also takes hexadecimal, type suffixes and blanks, which RESP does not know. */
  private static double finite(String text) {
    for (int at = 0; at < text.length(); at++) {
      if ("0123456789+-.eE".indexOf(text.charAt(at)) < 0) {
        throw badNumber(text);
      }
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw badNumber(text);
    }
  }

  private static BigInteger bigNumber(String text) {
    try {
      return new BigInteger(text);
    } catch (NumberFormatException e) {
      throw badNumber(text);
    }
  }

  private static RespProtocolException badNumber(String text) {
    return RespProtocolException.lost("not a number: lineBytes=" + text.length());
  }

  private static String numberText(ByteBuf in, int from, int to) {
    if (to - from > NUMBER_BYTES_MAX) {
      throw RespProtocolException.lost(
          "number is too long: numberBytesMax="
              + NUMBER_BYTES_MAX
              + ", numberBytes="
              + (to - from));
    }
    return in.toString(from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String text(ByteBuf in, int from, int to) {
    return in.toString(from, to - from, StandardCharsets.UTF_8);
  }
}
