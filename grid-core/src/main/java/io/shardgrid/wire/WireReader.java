package io.shardgrid.wire;

import io.shardgrid.key.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields that items are made of from an array.
 *
 * <p>Reading trusts nothing: whatever does not fit the readable bytes is a {@link WireException},
 * and nothing is allocated for a length that the readable bytes cannot hold. What is returned never
 * shares the array. Not thread-safe; made to be used again, but of no use after an exception until
 * it is {@link #reset}.
 */
public final class WireReader {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final byte[] EMPTY = {};

  /** Reads one element of a list. */
  public interface Reader<T> {
    T read(WireReader in);
  }

  private final @Nullable MapNames names;
  private byte[] bytes;
  private int at;
  private int end;

  /** A reader of all these bytes. */
  public WireReader(byte[] bytes) {
    this(bytes, null);
  }

  /** A reader of all these bytes that takes the names of maps from a cache. */
  public WireReader(byte[] bytes, @Nullable MapNames names) {
    this.names = names;
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /** Goes on with the first {@code length} of other bytes. */
  public void reset(byte[] other, int length) {
    if (length < 0 || length > other.length) {
      throw new IllegalArgumentException("not in the array: length=" + length);
    }
    bytes = other;
    at = 0;
    end = length;
  }

  /** Whether there are bytes left. */
  public boolean isReadable() {
    return at < end;
  }

  /** How many bytes are left. */
  public int readableBytes() {
    return end - at;
  }

  /**
   * Enters the item that comes next: the readable bytes end where it ends.
   *
   * @return what {@link #endItem} wants
   */
  public int beginItem() {
    int length = readInt();
    if (length < 0 || length > readableBytes()) {
      throw new WireException(
          "item does not fit: bytes=" + length + ", readable=" + readableBytes());
    }
    int limit = end;
    end = at + length;
    return limit;
  }

  /** Leaves an item, which has been read as a whole. */
  public void endItem(int limit) {
    requireEnd();
    end = limit;
  }

  /** Fails unless everything was read. */
  public void requireEnd() {
    if (isReadable()) {
      throw new WireException("bytes behind the last field: bytes=" + readableBytes());
    }
  }

  /** Goes past the next {@code count} bytes and says where they begin. */
  private int advance(int count) {
    int start = at;
    if (count > end - start) {
      throw endsWithin(count);
    }
    at = start + count;
    return start;
  }

  private WireException endsWithin(int wanted) {
    return new WireException(
        "bytes end within a field: wanted=" + wanted + ", readable=" + readableBytes());
  }

  /** The byte that comes next, and is read again; 0 if there is none. */
  public byte peekByte() {
    return at < end ? bytes[at] : 0;
  }

  public byte readByte() {
    int start = advance(1);
    return bytes[start];
  }

  public boolean readFlag() {
    byte flag = readByte();
    if (flag != 0 && flag != 1) {
      throw new WireException("flag is neither 0 nor 1: value=" + flag);
    }
    return flag == 1;
  }

  public int readInt() {
    int start = advance(Integer.BYTES);
    return (int) INTS.get(bytes, start);
  }

  public Digest readDigest() {
    return new Digest(readLong(), readLong());
  }

  public long readLong() {
    int start = advance(Long.BYTES);
    return (long) LONGS.get(bytes, start);
  }

  public long readNumber() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte group = readByte();
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
  public int readSmall(String what, int max) {
    long value = readNumber();
    if (value < 0 || value > max) {
      throw new WireException(
          what + " is out of range: value=" + Long.toUnsignedString(value) + ", max=" + max);
    }
    return (int) value;
  }

  public long readSigned() {
    long value = readNumber();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The constant with the code that is read. */
  public <E extends Enum<E>> E readCode(String what, E[] constants) {
    int code = readByte() & 0xFF;
    if (code >= constants.length) {
      throw new WireException(
          "unknown " + what + ": code=" + code + ", known=0.." + (constants.length - 1));
    }
    return constants[code];
  }

  public byte[] readBytes() {
    return take(readSmall("length", readableBytes()));
  }

  public byte @Nullable [] readNullable() {
    int lengthPlusOne = readSmall("length", readableBytes());
    return lengthPlusOne == 0 ? null : take(lengthPlusOne - 1);
  }

  private byte[] take(int length) {
    int start = advance(length);
    return length == 0 ? EMPTY : Arrays.copyOfRange(bytes, start, start + length);
  }

  public String readText() {
    int length = readSmall("length of a text", readableBytes());
    return decode(bytes, advance(length), length);
  }

  public String readName() {
    int length = readSmall("length of a name", WireFormat.NAME_BYTES_MAX);
    return decode(bytes, advance(length), length);
  }

  /** The name of a map: from the cache, if this reader has one. */
  public String readMapName() {
    if (names == null) {
      return readName();
    }
    int length = readSmall("length of a name", WireFormat.NAME_BYTES_MAX);
    return names.find(bytes, advance(length), length);
  }

  /** Decodes strictly: two different byte strings never become one text. */
  static String decode(byte[] bytes, int start, int length) {
    if (isAscii(bytes, start, length)) {
      return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new WireException("text is not UTF-8: bytes=" + length, e);
    }
  }

  private static boolean isAscii(byte[] bytes, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** A number of elements, each of which takes a byte at least. */
  public int readCount() {
    return readSmall("length of a list", readableBytes());
  }

  /** A list of elements behind their number. */
  public <T> List<T> readList(Reader<T> reader) {
    int count = readCount();
    List<T> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(reader.read(this));
    }
    return elements;
  }

  /** A list of what may be null. */
  public List<byte @Nullable []> readNullables() {
    int count = readCount();
    List<byte @Nullable []> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(readNullable());
    }
    return elements;
  }
}
