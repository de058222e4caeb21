package io.shardgrid.map;

import io.shardgrid.failure.CodecException;
import java.nio.charset.StandardCharsets;

/** The codecs that come with the grid. All are immutable and thread-safe. */
public final class Codecs {

  private static final Codec<String> STRING = new StringCodec();
  private static final Codec<byte[]> BYTES = new BytesCodec();
  private static final Codec<Long> LONG = new DecimalCodec();

  private Codecs() {}

  /** Strings as UTF-8. */
  public static Codec<String> string() {
    return STRING;
  }

  /** Bytes as they are, copied on the way in and on the way out. */
  public static Codec<byte[]> bytes() {
    return BYTES;
  }

  /** Numbers as decimal ASCII, so that {@code INCR} and Java agree on them. */
  public static Codec<Long> decimal() {
    return LONG;
  }

  /**
   * Objects as JSON, by Jackson: records, beans, and what Jackson knows. Fields that the class does
   * not know are skipped and missing ones are null or 0, so that older and newer classes get along.
   */
  public static <T> Codec<T> json(Class<T> type) {
    return JacksonCodec.json(type);
  }

  /** Objects as CBOR, by Jackson: smaller and quicker than JSON. */
  public static <T> Codec<T> cbor(Class<T> type) {
    return JacksonCodec.cbor(type);
  }

  /**
   * Values of another codec, compressed by LZ4 from a size on when that makes them smaller. Only
   * such a codec reads what it wrote: Redis clients see a marker and the compressed form, and such
   * values can be neither incremented nor appended to. Not for keys: maps refuse it for them.
   *
   * <p>Equal values have equal bytes, which {@code replace} and {@code remove} of an expected value
   * need, as long as all processes have the same {@code fromBytes} and the same version of the
   * library. A value may have 8 MiB before it is compressed.
   *
   * @param fromBytes encoded values of fewer bytes are left as they are, behind a marker of one
   *     byte; at least 0
   * @throws CodecException if the library {@code at.yawk.lz4:lz4-java} is not on the class path
   */
  public static <T> Codec<T> lz4(Codec<T> codec, int fromBytes) {
    try {
      return Lz4Codec.of(codec, fromBytes);
    } catch (NoClassDefFoundError e) { // as Lz4Codec is linked
      throw new CodecException(
          "LZ4 is not on the class path: add the library at.yawk.lz4:lz4-java, codec="
              + codec.describe(),
          e);
    }
  }

  private static final class StringCodec implements Codec<String> {
    @Override
    public byte[] encode(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String describe() {
      return "java.lang.String";
    }
  }

  private static final class BytesCodec implements Codec<byte[]> {
    @Override
    public byte[] encode(byte[] bytes) {
      return bytes.clone();
    }

    @Override
    public byte[] decode(byte[] bytes) {
      return bytes.clone();
    }

    @Override
    public byte[] decodeOwned(byte[] bytes) {
      return bytes;
    }

    @Override
    public String describe() {
      return "byte[]";
    }
  }
}
