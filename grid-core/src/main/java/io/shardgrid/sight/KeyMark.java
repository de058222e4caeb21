package io.shardgrid.sight;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a key of a map with few bytes: its beginning, its length and a hash of all of it. So
 * what remembers keys has a bound however long they are. Immutable.
 */
final class KeyMark {

  /** Bytes of a key that are kept. */
  static final int HEAD_BYTES_MAX = 64;

  private static final char FIRST_PRINTABLE = ' ';

  private final String map;
  private final byte[] head;
  private final int length;
  private final int hash;

  private KeyMark(String map, byte[] head, int length, int hash) {
    this.map = map;
    this.head = head;
    this.length = length;
    this.hash = hash;
  }

  /** The mark of a key. O(bytes of the key). */
  static KeyMark of(String map, byte[] key) {
    return new KeyMark(
        map,
        Arrays.copyOf(key, Math.min(key.length, HEAD_BYTES_MAX)),
        key.length,
        Arrays.hashCode(key));
  }

  String map() {
    return map;
  }

  /** Whether the text says all of the key. */
  boolean isWhole() {
    return length <= HEAD_BYTES_MAX;
  }

  /** Whether the key can be shown as it is: UTF-8 without control characters. */
  boolean isText() {
    return text() != null;
  }

  /** The beginning of the key: as text if it can be shown so, else in hexadecimal digits. */
  String shown() {
    String text = text();
    return text != null ? text : HexFormat.of().formatHex(head);
  }

  private @Nullable String text() {
    for (int cut = head.length; cut >= Math.max(0, head.length - 3); cut--) {
      try {
        String text =
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(head, 0, cut)).toString();
        boolean isPrintable =
            text.chars().allMatch(one -> one >= FIRST_PRINTABLE && !Character.isISOControl(one));
        return isPrintable ? text : null;
      } catch (CharacterCodingException e) {
        if (isWhole()) {
          return null;
        }
        // The last character may have been cut.
      }
    }
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyMark mark
        && hash == mark.hash
        && length == mark.length
        && map.equals(mark.map)
        && Arrays.equals(head, mark.head);
  }

  @Override
  public int hashCode() {
    return 31 * hash + map.hashCode();
  }
}
