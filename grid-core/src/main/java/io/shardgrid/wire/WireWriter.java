package io.shardgrid.wire;

import io.shardgrid.key.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields that items are made of into an array that grows as needed.
 *
 * <p>Not thread-safe; made to be used again.
 */
public final class WireWriter {

  /* An array and not a ByteBuf: a frame has dozens of fields of one to ten bytes, and what a ByteBuf
   * checks for each byte is several times the code of writing it, for the compiler too. */

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int CAPACITY_MIN = 64;

  /** Most elements of an array on all virtual machines. */
  private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

  /** Writes one element of a list. */
  public interface Writer<T> {
    void write(WireWriter out, T element);
  }

  private byte[] bytes;
  private int length;

  /** A writer with room for {@code capacity} bytes before it grows. */
  public WireWriter(int capacity) {
    bytes = new byte[Math.max(capacity, CAPACITY_MIN)];
  }

  /** Bytes written so far. */
  public int length() {
    return length;
  }

  /** The bytes written, from 0 to {@link #length}: not a copy, and valid until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of the bytes written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Forgets all that was written behind the first {@code newLength} bytes. */
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException(
          "cannot become longer: to=" + newLength + ", is=" + length);
    }
    length = newLength;
  }

  /** Forgets all that was written; memory for more than {@code keptBytesMax} is given up. */
  public void clear(int keptBytesMax) {
    length = 0;
    if (bytes.length > Math.max(keptBytesMax, CAPACITY_MIN)) {
      bytes = new byte[Math.max(keptBytesMax, CAPACITY_MIN)];
    }
  }

  /** Where the next {@code count} bytes go. */
  private int advance(int count) {
    int start = length;
    if (count > bytes.length - start) {
      grow(count);
    }
    length = start + count;
    return start;
  }

  private void grow(int count) {
    long wanted = (long) length + count;
    if (wanted > ARRAY_MAX) {
      throw new WireException("too much for one array: bytes=" + wanted + ", max=" + ARRAY_MAX);
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * bytes.length, wanted), ARRAY_MAX));
  }

  /** Leaves room for an item's length and says where. */
  public int beginItem() {
    return advance(WireFormat.LENGTH_BYTES);
  }

  /** Fills in the length of the item that began at {@code start}. */
  public void endItem(int start) {
    INTS.set(bytes, start, length - start - WireFormat.LENGTH_BYTES);
  }

  public void writeByte(int value) {
    int at = advance(1);
    bytes[at] = (byte) value;
  }

  public void writeFlag(boolean flag) {
    writeByte(flag ? 1 : 0);
  }

  public void writeInt(int value) {
    int at = advance(Integer.BYTES);
    INTS.set(bytes, at, value);
  }

  public void writeDigest(Digest digest) {
    writeLong(digest.high());
    writeLong(digest.low());
  }

  public void writeLong(long value) {
    int at = advance(Long.BYTES);
    LONGS.set(bytes, at, value);
  }

  /** Writes 1 byte for each begun 7 bits of an unsigned number. */
  public void writeNumber(long value) {
    int at = advance(WireFormat.NUMBER_BYTES_MAX);
    byte[] to = bytes;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      to[at++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    length = at;
  }

  /** Writes a number that may be negative: the closer to 0, the shorter. */
  public void writeSigned(long value) {
    writeNumber((value << 1) ^ (value >> 63));
  }

  @SuppressWarnings("EnumOrdinal") // These enums say that the ordinal is the code: append only.
  public void writeCode(Enum<?> constant) {
    writeByte(constant.ordinal());
  }

  /** Writes bytes behind their number. */
  public void writeBytes(byte[] value) {
    writeNumber(value.length);
    append(value);
  }

  /** Writes bytes behind their number + 1; 0 stands for null. */
  public void writeNullable(byte @Nullable [] value) {
    if (value == null) {
      writeByte(0);
    } else {
      writeNumber(value.length + 1L);
      append(value);
    }
  }

  private void append(byte[] value) {
    int at = advance(value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
  }

  public void writeText(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a text of which the reader wants at most {@link WireFormat#NAME_BYTES_MAX} bytes.
   *
   * @throws WireException if it has more
   */
  public void writeName(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > WireFormat.NAME_BYTES_MAX) {
      throw new WireException(
          "name is too long: bytes=" + utf8.length + ", max=" + WireFormat.NAME_BYTES_MAX);
    }
    writeBytes(utf8);
  }

  /** Writes elements behind their number. */
  public <T> void writeList(List<? extends T> elements, Writer<T> writer) {
    int size = elements.size();
    writeNumber(size);
    for (int i = 0; i < size; i++) {
      writer.write(this, elements.get(i));
    }
  }
}
