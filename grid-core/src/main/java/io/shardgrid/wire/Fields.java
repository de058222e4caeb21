package io.shardgrid.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the fields that items are made of.
 *
 * <p>Reading trusts nothing: whatever does not fit the readable bytes is a {@link WireException},
 * and nothing is allocated for a length that the readable bytes cannot hold.
 */
public final class Fields {

  /** Most bytes that a varint takes. */
  public static final int NUMBER_BYTES_MAX = 10;

  private static final byte[] EMPTY = {};

  /** Writes one element of a list. */
  public interface Writer<T> {
    void write(ByteBuf out, T element);
  }

  /** Reads one element of a list. */
  public interface Reader<T> {
    T read(ByteBuf in);
  }

  /** Reads the fields of an item; the readable bytes end where the item ends. */
  public interface ItemReader<T> {
    T read(ByteBuf in);
  }

  private Fields() {}

  /** Leaves room for an item's length and says where. */
  public static int beginItem(ByteBuf out) {
    int start = out.writerIndex();
    out.writeInt(0);
    return start;
  }

  /** Fills in the length of the item that began at {@code start}. */
  public static void endItem(ByteBuf out, int start) {
    out.setInt(start, out.writerIndex() - start - WireFormat.LENGTH_BYTES);
  }

  /** Reads an item as a whole; whatever happens, {@code in} stands behind it afterwards. */
  public static <T> T readItem(ByteBuf in, ItemReader<T> reader) {
    int length = beginRead(in);
    int limit = in.writerIndex();
    int end = in.readerIndex() + length;
    in.writerIndex(end);
    try {
      T value = reader.read(in);
      requireEnd(in);
      return value;
    } finally {
      in.setIndex(end, limit);
    }
  }

  private static int beginRead(ByteBuf in) {
    require(in, WireFormat.LENGTH_BYTES);
    int length = in.readInt();
    if (length < 0 || length > in.readableBytes()) {
      throw new WireException(
          "item does not fit: bytes=" + length + ", readable=" + in.readableBytes());
    }
    return length;
  }

  /** Fails unless everything was read. */
  public static void requireEnd(ByteBuf in) {
    if (in.isReadable()) {
      throw new WireException("bytes behind the last field: bytes=" + in.readableBytes());
    }
  }

  private static void require(ByteBuf in, int bytes) {
    if (in.readableBytes() < bytes) {
      throw new WireException(
          "bytes end within a field: wanted=" + bytes + ", readable=" + in.readableBytes());
    }
  }

  public static void writeNumber(ByteBuf out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  public static long readNumber(ByteBuf in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte group = readByte(in);
      if (shift == 63 && (group & 0xFE) != 0) {
        break;
      }
      value |= (long) (group & 0x7F) << shift;
      if (group >= 0) {
        return value;
      }
    }
    throw new WireException("number is longer than 64 bits");
  }

  /** A number from 0 to {@code max}. */
  public static int readSmall(ByteBuf in, String what, int max) {
    long value = readNumber(in);
    if (value < 0 || value > max) {
      throw new WireException(
          what + " is out of range: value=" + Long.toUnsignedString(value) + ", max=" + max);
    }
    return (int) value;
  }

  public static void writeSigned(ByteBuf out, long value) {
    writeNumber(out, (value << 1) ^ (value >> 63));
  }

  public static long readSigned(ByteBuf in) {
    long value = readNumber(in);
    return (value >>> 1) ^ -(value & 1);
  }

  public static long readLong(ByteBuf in) {
    require(in, Long.BYTES);
    return in.readLong();
  }

  public static byte readByte(ByteBuf in) {
    require(in, 1);
    return in.readByte();
  }

  public static boolean readFlag(ByteBuf in) {
    byte flag = readByte(in);
    if (flag != 0 && flag != 1) {
      throw new WireException("flag is neither 0 nor 1: value=" + flag);
    }
    return flag == 1;
  }

  @SuppressWarnings("EnumOrdinal") // These enums say that the ordinal is the code: append only.
  public static void writeCode(ByteBuf out, Enum<?> constant) {
    out.writeByte(constant.ordinal());
  }

  /** The constant with the code that is read. */
  public static <E extends Enum<E>> E readCode(ByteBuf in, String what, E[] constants) {
    int code = readByte(in) & 0xFF;
    if (code >= constants.length) {
      throw new WireException(
          "unknown " + what + ": code=" + code + ", known=0.." + (constants.length - 1));
    }
    return constants[code];
  }

  public static void writeBytes(ByteBuf out, byte[] bytes) {
    writeNumber(out, bytes.length);
    out.writeBytes(bytes);
  }

  public static byte[] readBytes(ByteBuf in) {
    return take(in, readSmall(in, "length", in.readableBytes()));
  }

  public static void writeNullable(ByteBuf out, byte @Nullable [] bytes) {
    if (bytes == null) {
      out.writeByte(0);
    } else {
      writeNumber(out, bytes.length + 1L);
      out.writeBytes(bytes);
    }
  }

  public static byte @Nullable [] readNullable(ByteBuf in) {
    int lengthPlusOne = readSmall(in, "length", in.readableBytes());
    return lengthPlusOne == 0 ? null : take(in, lengthPlusOne - 1);
  }

  private static byte[] take(ByteBuf in, int length) {
    require(in, length);
    if (length == 0) {
      return EMPTY;
    }
    byte[] bytes = new byte[length];
    in.readBytes(bytes);
    return bytes;
  }

  public static void writeText(ByteBuf out, String text) {
    writeNumber(out, ByteBufUtil.utf8Bytes(text));
    ByteBufUtil.writeUtf8(out, text);
  }

  /** Writes a text of which the reader wants at most {@link WireFormat#NAME_BYTES_MAX} bytes. */
  public static void writeName(ByteBuf out, String name) {
    int bytes = ByteBufUtil.utf8Bytes(name);
    if (bytes > WireFormat.NAME_BYTES_MAX) {
      throw new WireException(
          "name is too long: bytes=" + bytes + ", max=" + WireFormat.NAME_BYTES_MAX);
    }
    writeNumber(out, bytes);
    ByteBufUtil.writeUtf8(out, name);
  }

  public static String readText(ByteBuf in) {
    return decode(in, readSmall(in, "length of a text", in.readableBytes()));
  }

  public static String readName(ByteBuf in) {
    return decode(in, readSmall(in, "length of a name", WireFormat.NAME_BYTES_MAX));
  }

  /** Decodes the next bytes strictly: two different byte strings never become one text. */
  public static String decode(ByteBuf in, int length) {
    require(in, length);
    if (isAscii(in, length)) {
      String text = in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1);
      in.skipBytes(length);
      return text;
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(in.nioBuffer(in.readerIndex(), length))
              .toString();
      in.skipBytes(length);
      return text;
    } catch (CharacterCodingException e) {
      throw new WireException("text is not UTF-8: bytes=" + length, e);
    }
  }

  private static boolean isAscii(ByteBuf in, int length) {
    int from = in.readerIndex();
    for (int i = 0; i < length; i++) {
      if (in.getByte(from + i) < 0) {
        return false;
      }
    }
    return true;
  }

  public static <T> void writeList(ByteBuf out, List<? extends T> elements, Writer<T> writer) {
    writeNumber(out, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      writer.write(out, elements.get(i));
    }
  }

  public static <T> List<T> readList(ByteBuf in, Reader<T> reader) {
    // Each element takes a byte at least, so that the list is never larger than what came.
    int count = readSmall(in, "length of a list", in.readableBytes());
    List<T> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(reader.read(in));
    }
    return elements;
  }

  public static List<byte @Nullable []> readNullables(ByteBuf in) {
    int count = readSmall(in, "length of a list", in.readableBytes());
    List<byte @Nullable []> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(readNullable(in));
    }
    return elements;
  }
}
