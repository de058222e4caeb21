package io.shardgrid.map;

import io.shardgrid.failure.CodecException;
import io.shardgrid.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Stored bytes are an object of the codec's or refused by its error; an object comes back. */
final class CodecTarget implements FuzzTarget {

  /* An input: which codec (1 byte), and stored bytes. */

  /** An object of a user, with something of each kind in it. */
  record Sample(
      String text,
      int number,
      double real,
      byte[] bytes,
      List<Sample> inner,
      Map<String, Long> counts,
      Optional<String> maybe) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Sample sample
          && Objects.equals(text, sample.text)
          && number == sample.number
          && Double.compare(real, sample.real) == 0
          && Arrays.equals(bytes, sample.bytes)
          && Objects.equals(inner, sample.inner)
          && Objects.equals(counts, sample.counts)
          && Objects.equals(maybe, sample.maybe);
    }

    @Override
    public int hashCode() {
      return Objects.hash(text, number);
    }
  }

  private static final List<Codec<?>> CODECS =
      List.of(
          Codecs.string(),
          Codecs.decimal(),
          Codecs.json(Sample.class),
          Codecs.cbor(Sample.class),
          Codecs.lz4(Codecs.string(), 16),
          Codecs.lz4(Codecs.cbor(Sample.class), 0));

  private static final Sample SAMPLE =
      new Sample(
          "text",
          7,
          -1.5,
          new byte[] {1, 2},
          List.of(new Sample("", 0, 0, new byte[0], List.of(), Map.of(), Optional.empty())),
          Map.of("a", 1L, "b", Long.MIN_VALUE),
          Optional.of("x"));

  @Override
  public List<byte[]> seeds() {
    return List.of(
        seed(0, "text \u00e9".getBytes(StandardCharsets.UTF_8)),
        seed(1, "-9223372036854775808".getBytes(StandardCharsets.UTF_8)),
        seed(2, Codecs.json(Sample.class).encode(SAMPLE)),
        seed(3, Codecs.cbor(Sample.class).encode(SAMPLE)),
        seed(4, Codecs.lz4(Codecs.string(), 16).encode("abc".repeat(200))),
        seed(4, Codecs.lz4(Codecs.string(), 16).encode("abc")),
        seed(5, Codecs.lz4(Codecs.cbor(Sample.class), 0).encode(SAMPLE)));
  }

  private static byte[] seed(int codec, byte[] stored) {
    byte[] seed = new byte[stored.length + 1];
    seed[0] = (byte) codec;
    System.arraycopy(stored, 0, seed, 1, stored.length);
    return seed;
  }

  @Override
  public boolean run(byte[] input) {
    return input.length > 0
        && isRead(
            CODECS.get((input[0] & 0xFF) % CODECS.size()),
            Arrays.copyOfRange(input, 1, input.length));
  }

  private static <T> boolean isRead(Codec<T> codec, byte[] stored) {
    byte[] before = stored.clone();
    T object;
    try {
      object = codec.decode(stored);
    } catch (CodecException e) {
      requireTelling(e);
      return false;
    }
    if (!Arrays.equals(before, stored)) {
      throw new AssertionError("changes what is stored: codec=" + codec.describe());
    }
    byte[] written;
    try {
      written = codec.encode(object);
    } catch (CodecException e) {
      // Text with half of a surrogate pair, which Jackson reads from CBOR and does not write.
      requireTelling(e);
      return false;
    }
    T again = codec.decode(written);
    if (!object.equals(again)) {
      throw new AssertionError("does not come back: " + object + ", again=" + again);
    }
    return true;
  }

  private static void requireTelling(CodecException failure) {
    if (String.valueOf(failure.getMessage()).length() < 20) {
      throw new AssertionError("does not say what is wrong", failure);
    }
  }

  /** A byte of LZ4 stands for 255, which are bytes, text, and bytes again. */
  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (256L << 10) + 255L * 8 * inputBytes;
  }

  @Override
  public int inputBytesMax() {
    return 1000;
  }
}
