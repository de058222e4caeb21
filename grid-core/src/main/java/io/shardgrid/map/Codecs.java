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

  private static final class DecimalCodec implements Codec<Long> {
    @Override
    public byte[] encode(Long number) {
      return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Long decode(byte[] bytes) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new CodecException(
            "The bytes are no decimal number of 64 bits: bytes=" + bytes.length, e);
      }
    }

    @Override
    public String describe() {
      return "java.lang.Long";
    }
  }
}
