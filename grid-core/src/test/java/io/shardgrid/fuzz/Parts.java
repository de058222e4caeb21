package io.shardgrid.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Inputs of several parts with a mark between them, in the place of lengths before them: so a part
 * may become longer without making nonsense of all that is behind it. Stateless.
 */
public final class Parts {

  /** What stands between parts: worth putting in. */
  public static final String MARK = "~|~";

  private static final byte[] BYTES = MARK.getBytes(StandardCharsets.US_ASCII);

  private Parts() {}

  /** An input of these parts. */
  public static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        joined.writeBytes(BYTES);
      }
      joined.writeBytes(parts.get(i));
    }
    return joined.toByteArray();
  }

  /** The parts of an input; at least one, which may be empty. */
  public static List<byte[]> of(byte[] input) {
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= input.length - BYTES.length; ) {
      if (Arrays.equals(input, at, at + BYTES.length, BYTES, 0, BYTES.length)) {
        parts.add(Arrays.copyOfRange(input, start, at));
        at += BYTES.length;
        start = at;
      } else {
        at++;
      }
    }
    parts.add(Arrays.copyOfRange(input, start, input.length));
    return parts;
  }

  /** The parts, each behind its length of four bytes, as items and frames are. */
  public static byte[] behindLengths(List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part.length >>> 24);
      out.write(part.length >>> 16);
      out.write(part.length >>> 8);
      out.write(part.length);
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The parts of what has such lengths; what does not is a part of its own at the end. */
  public static List<byte[]> fromLengths(byte[] input) {
    List<byte[]> parts = new ArrayList<>();
    int at = 0;
    while (at + 4 <= input.length) {
      int length =
          (input[at] & 0xFF) << 24
              | (input[at + 1] & 0xFF) << 16
              | (input[at + 2] & 0xFF) << 8
              | (input[at + 3] & 0xFF);
      if (length < 0 || length > input.length - at - 4) {
        break;
      }
      parts.add(Arrays.copyOfRange(input, at + 4, at + 4 + length));
      at += 4 + length;
    }
    if (at < input.length) {
      parts.add(Arrays.copyOfRange(input, at, input.length));
    }
    return parts;
  }
}
