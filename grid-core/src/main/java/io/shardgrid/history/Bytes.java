package io.shardgrid.history;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Bytes that are equal by their content: a key or a value in a history. Immutable. */
public final class Bytes {

  private static final int BYTES_SHOWN_MAX = 40;
  private static final int DECIMAL_LENGTH_MAX = 20;

  private final byte[] content;
  private final int hash;

  private Bytes(byte[] content) {
    this.content = content;
    this.hash = Arrays.hashCode(content);
  }

  /** A copy of these bytes. O(length). */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** A text in UTF-8. */
  public static Bytes of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A number as decimal text. */
  static Bytes of(long number) {
    return of(Long.toString(number));
  }

  /** The 64-bit number that these bytes are the decimal text of, in the one way to write it. */
  OptionalLong decimal() {
    if (!isDecimal()) {
      return OptionalLong.empty();
    }
    BigInteger number = new BigInteger(new String(content, StandardCharsets.US_ASCII));
    return number.bitLength() < Long.SIZE
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  private boolean isDecimal() {
    int digits = content.length > 0 && content[0] == '-' ? 1 : 0;
    if (content.length == digits || content.length > DECIMAL_LENGTH_MAX) {
      return false;
    }
    if (content[digits] == '0') {
      return content.length == 1;
    }
    for (int at = digits; at < content.length; at++) {
      if (content[at] < '0' || content[at] > '9') {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes bytes
        && bytes.hash == hash
        && Arrays.equals(bytes.content, content);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Printable ASCII as it is, all else as {@code \xNN}; the first 40 bytes. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("'");
    int shown = Math.min(content.length, BYTES_SHOWN_MAX);
    for (int i = 0; i < shown; i++) {
      int one = content[i] & 0xff;
      if (one >= ' ' && one <= '~') {
        text.append((char) one);
      } else {
        text.append("\\x%02x".formatted(one));
      }
    }
    text.append('\'');
    if (content.length > shown) {
      text.append("+").append(content.length - shown).append(" bytes");
    }
    return text.toString();
  }
}
