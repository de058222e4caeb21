package io.shardgrid.map;

import io.shardgrid.failure.CodecException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Values of another codec, the large ones compressed by LZ4. Not for keys. Immutable.
 *
 * <p>What is read is not trusted: nothing is allocated that the bytes cannot stand for, nor more
 * than a value may have.
 */
final class Lz4Codec<T> implements Codec<T> {

  /* Layout:
   *
   *   as it is      0   marker 0
   *                 1   the other codec's bytes
   *
   *   compressed    0   marker 1
   *                 1   their length, 4 bytes, big endian
   *                 5   an LZ4 block ("LZ4 Block Format Description", lz4/doc/lz4_Block_format.md)
   *
   * The library's Java form without Unsafe, and no other: it checks every bound, and equal values
   * have equal bytes in each process, which conditions on values are compared by. Its native form
   * is two to three times as quick, but compresses some values otherwise, and has to write itself
   * into a directory for temporary files. Its form with Unsafe is deprecated, and no quicker.
   */

  private static final byte PLAIN = 0;
  private static final byte COMPRESSED = 1;
  private static final int LENGTH_AT = 1;
  private static final int BODY_AT = 1;
  private static final int BLOCK_AT = 5;
  private static final int VALUE_BYTES_MAX = 8 << 20;

  /** A byte of a block stands for so many at most. */
  private static final long EXPANSION_MAX = 255;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final Codec<T> codec;
  private final int fromBytes;
  private final LZ4Compressor compressor;
  private final LZ4SafeDecompressor decompressor;

  Lz4Codec(Codec<T> codec, int fromBytes, LZ4Factory library) {
    this.codec = codec;
    this.fromBytes = fromBytes;
    this.compressor = library.fastCompressor();
    this.decompressor = library.safeDecompressor();
  }

  static <T> Codec<T> of(Codec<T> codec, int fromBytes) {
    if (fromBytes < 0) {
      throw new IllegalArgumentException("no size to compress from: fromBytes=" + fromBytes);
    }
    return new Lz4Codec<>(codec, fromBytes, LZ4Factory.safeInstance());
  }

  @Override
  public byte[] encode(T object) {
    byte[] bytes = codec.encode(object);
    if (bytes.length > VALUE_BYTES_MAX) {
      throw new CodecException(
          "The value is too large, compressed or not: bytes="
              + bytes.length
              + ", limit="
              + VALUE_BYTES_MAX);
    }
    return bytes.length < fromBytes ? plain(bytes) : smaller(bytes);
  }

  private static byte[] plain(byte[] bytes) {
    byte[] plain = new byte[BODY_AT + bytes.length];
    plain[0] = PLAIN;
    System.arraycopy(bytes, 0, plain, BODY_AT, bytes.length);
    return plain;
  }

  private byte[] smaller(byte[] bytes) {
    byte[] room = new byte[BLOCK_AT + compressor.maxCompressedLength(bytes.length)];
    int end = BLOCK_AT + compressor.compress(bytes, 0, bytes.length, room, BLOCK_AT);
    if (end >= BODY_AT + bytes.length) {
      return plain(bytes);
    }
    room[0] = COMPRESSED;
    INTS.set(room, LENGTH_AT, bytes.length);
    return Arrays.copyOf(room, end);
  }

  @Override
  public T decode(byte[] bytes) {
    if (bytes.length < BODY_AT) {
      throw new CodecException("The value is empty, it was not written through LZ4");
    }
    return switch (bytes[0]) {
      case PLAIN -> codec.decodeOwned(Arrays.copyOfRange(bytes, BODY_AT, bytes.length));
      case COMPRESSED -> codec.decodeOwned(decompress(bytes));
      default ->
          throw new CodecException(
              "The value was not written through LZ4: firstByte=" + (bytes[0] & 0xFF));
    };
  }

  private byte[] decompress(byte[] bytes) {
    int blockBytes = bytes.length - BLOCK_AT;
    if (blockBytes <= 0) {
      throw new CodecException("The compressed value ends too early: bytes=" + bytes.length);
    }
    int length = (int) INTS.get(bytes, LENGTH_AT);
    if (length < 0 || length > VALUE_BYTES_MAX || length > blockBytes * EXPANSION_MAX) {
      throw new CodecException(
          "The compressed value has an impossible length: length="
              + Integer.toUnsignedString(length)
              + ", blockBytes="
              + blockBytes
              + ", limit="
              + VALUE_BYTES_MAX);
    }
    byte[] value = new byte[length];
    int found;
    try {
      found = decompressor.decompress(bytes, BLOCK_AT, blockBytes, value, 0);
    } catch (LZ4Exception e) {
      throw new CodecException(
          "The compressed value is damaged: length=" + length + ", blockBytes=" + blockBytes, e);
    }
    if (found != length) {
      throw new CodecException(
          "The compressed value is damaged: length=" + length + ", decompressed=" + found);
    }
    return value;
  }

  @Override
  public boolean isForKeys() {
    return false;
  }

  @Override
  public String describe() {
    return codec.describe() + " through LZ4";
  }
}
