package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Writes a server's replies and a client's commands at the writer index of a buffer.
 *
 * <p>Where the versions of RESP differ the method takes the connection's version. An aggregate is
 * written as its header and then its items. Integers are written without a String.
 */
public final class RespWriter {

  private static final byte[] OK = bytes("+OK\r\n");
  private static final byte[] PONG = bytes("+PONG\r\n");
  private static final byte[] NULL = bytes("_\r\n");
  private static final byte[] NULL_BULK = bytes("$-1\r\n");
  private static final byte[] NULL_ARRAY = bytes("*-1\r\n");
  private static final byte[] TRUE = bytes("#t\r\n");
  private static final byte[] FALSE = bytes("#f\r\n");
  private static final byte[][] SMALL = smallNumbers();
  private static final int CRLF = 0x0D0A;

  /** Beyond it a double need not show all digits of its integer. */
  private static final double INTEGRAL_MAX = 1L << 53;

  private RespWriter() {}

  /** The status {@code OK}. */
  public static void ok(ByteBuf out) {
    out.writeBytes(OK);
  }

  /** The status {@code PONG}. */
  public static void pong(ByteBuf out) {
    out.writeBytes(PONG);
  }

  /** A status; line ends in it become blanks. */
  public static void simple(ByteBuf out, String text) {
    line(out, '+', text);
  }

  /**
   * An error; line ends in it become blanks.
   *
   * @param text the code, a blank and the message: {@code ERR unknown command}
   */
  public static void error(ByteBuf out, String text) {
    line(out, '-', text);
  }

  /** An integer. */
  public static void integer(ByteBuf out, long value) {
    header(out, ':', value);
  }

  /** A string of bytes. */
  public static void bulk(ByteBuf out, byte[] bytes) {
    bulk(out, bytes, 0, bytes.length);
  }

  /** A string of {@code length} bytes from {@code offset} on. */
  public static void bulk(ByteBuf out, byte[] bytes, int offset, int length) {
    header(out, '$', length);
    out.writeBytes(bytes, offset, length);
    out.writeShort(CRLF);
  }

  /** A string of the bytes of {@code text} in UTF-8. */
  public static void bulk(ByteBuf out, String text) {
    int length = ByteBufUtil.utf8Bytes(text);
    header(out, '$', length);
    ByteBufUtil.reserveAndWriteUtf8(out, text, length);
    out.writeShort(CRLF);
  }

  /** Nothing where a value would stand. */
  public static void nil(ByteBuf out, RespVersion version) {
    out.writeBytes(version == RespVersion.RESP3 ? NULL : NULL_BULK);
  }

  /** Nothing where an array would stand. */
  public static void nilArray(ByteBuf out, RespVersion version) {
    out.writeBytes(version == RespVersion.RESP3 ? NULL : NULL_ARRAY);
  }

  /** The beginning of an array of {@code items} values. */
  public static void arrayHeader(ByteBuf out, int items) {
    header(out, '*', items);
  }

  /** The beginning of a map, key before value; in RESP2 an array of twice as many items. */
  public static void mapHeader(ByteBuf out, int pairs, RespVersion version) {
    if (version == RespVersion.RESP3) {
      header(out, '%', pairs);
    } else {
      header(out, '*', 2L * pairs);
    }
  }

  /** The beginning of a set; in RESP2 an array. */
  public static void setHeader(ByteBuf out, int items, RespVersion version) {
    header(out, version == RespVersion.RESP3 ? '~' : '*', items);
  }

  /** The beginning of a message that answers no command; in RESP2 an array. */
  public static void pushHeader(ByteBuf out, int items, RespVersion version) {
    header(out, version == RespVersion.RESP3 ? '>' : '*', items);
  }

  /** A floating point number; in RESP2 a string. */
  public static void real(ByteBuf out, double value, RespVersion version) {
    boolean isIntegral = value == Math.rint(value) && Math.abs(value) < INTEGRAL_MAX;
    boolean isMinusZero = value == 0 && 1 / value < 0;
    if (version == RespVersion.RESP2) {
      bulk(out, text(value));
    } else if (isIntegral && !isMinusZero) {
      header(out, ',', (long) value);
    } else {
      line(out, ',', text(value));
    }
  }

  /** A truth value; in RESP2 the integer 1 or 0. */
  public static void bool(ByteBuf out, boolean value, RespVersion version) {
    if (version == RespVersion.RESP3) {
      out.writeBytes(value ? TRUE : FALSE);
    } else {
      integer(out, value ? 1 : 0);
    }
  }

  /** A client's command: its name and arguments. */
  public static void command(ByteBuf out, byte[]... args) {
    arrayHeader(out, args.length);
    for (byte[] arg : args) {
      bulk(out, arg);
    }
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static void line(ByteBuf out, char type, String text) {
    out.writeByte(type);
    ByteBufUtil.writeUtf8(out, text.replace('\r', ' ').replace('\n', ' '));
    out.writeShort(CRLF);
  }

  private static void header(ByteBuf out, char type, long value) {
    out.writeByte(type);
    if (value >= 0 && value < SMALL.length) {
      out.writeBytes(SMALL[(int) value]);
    } else {
      digits(out, value);
      out.writeShort(CRLF);
    }
  }

  /** Counts in negative numbers, for the least long has no positive counterpart. */
  private static void digits(ByteBuf out, long value) {
    long rest = value < 0 ? value : -value;
    int length = value < 0 ? 2 : 1;
    for (long tens = rest / 10; tens != 0; tens /= 10) {
      length++;
    }
    out.ensureWritable(length);
    int at = out.writerIndex() + length;
    out.writerIndex(at);
    do {
      out.setByte(--at, (int) ('0' - rest % 10));
      rest /= 10;
    } while (rest != 0);
    if (value < 0) {
      out.setByte(at - 1, '-');
    }
  }

  private static byte[][] smallNumbers() {
    byte[][] lines = new byte[1024][];
    for (int value = 0; value < lines.length; value++) {
      lines[value] = bytes(value + "\r\n");
    }
    return lines;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
