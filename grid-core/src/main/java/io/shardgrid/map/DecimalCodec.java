package io.shardgrid.map;

import io.shardgrid.failure.CodecException;
import java.nio.charset.StandardCharsets;

/** Numbers as decimal ASCII. Reads all that {@link Long#valueOf(String)} does. Immutable. */
final class DecimalCodec implements Codec<Long> {

  /** So many digits are no more than 64 bits, whatever they are. */
  private static final int CERTAIN_DIGITS_MAX = 18;

  @Override
  public byte[] encode(Long number) {
    return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public Long decode(byte[] bytes) {
    boolean isNegative = bytes.length > 0 && bytes[0] == '-';
    int start = isNegative ? 1 : 0;
    int digits = bytes.length - start;
    if (digits < 1 || digits > CERTAIN_DIGITS_MAX) {
      return throughText(bytes);
    }
    long number = 0;
    for (int at = start; at < bytes.length; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return throughText(bytes);
      }
      number = 10 * number + digit;
    }
    return isNegative ? -number : number;
  }

  private static Long throughText(byte[] bytes) {
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
