package io.shardgrid.node.admin;

import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.wire.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /entries} replies, field by field. Immutable.
 *
 * @param node the member that owns the key; null if its shard is lost
 * @param ttlMillis null for an entry without an end
 * @param value null if there is no entry
 */
record EntryJson(
    String map,
    Shown key,
    int shard,
    @Nullable String node,
    boolean found,
    long version,
    @Nullable Long ttlMillis,
    @Nullable Shown value) {

  private static final int VALUE_BYTES_MAX = 256 << 10;
  private static final int LINE_BYTES_MAX = 160;
  private static final int KEY_BYTES_MAX = 1_024;

  /**
   * Bytes as they can be shown.
   *
   * @param shown text, or hexadecimal digits
   * @param hex whether it is the latter
   * @param bytes how many there are
   * @param cut whether only the beginning is shown
   */
  record Shown(String shown, boolean hex, int bytes, boolean cut) {

    /** As text if all of it is UTF-8 without control characters but tab and line ends. */
    static Shown of(byte[] bytes, int bytesMax) {
      boolean isCut = bytes.length > bytesMax;
      byte[] head = isCut ? Arrays.copyOf(bytes, bytesMax) : bytes;
      String text = textOf(head, isCut);
      return text == null
          ? new Shown(HexFormat.of().formatHex(head), true, bytes.length, isCut)
          : new Shown(text, false, bytes.length, isCut);
    }

    private static @Nullable String textOf(byte[] head, boolean isCut) {
      // A character of up to four bytes may have been cut.
      int shortest = isCut ? Math.max(0, head.length - 3) : head.length;
      for (int length = head.length; length >= shortest; length--) {
        String text = decoded(head, length);
        if (text != null) {
          return text.chars().allMatch(Shown::isShown) ? text : null;
        }
      }
      return null;
    }

    private static @Nullable String decoded(byte[] head, int length) {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(head, 0, length))
            .toString();
      } catch (CharacterCodingException e) {
        return null;
      }
    }

    private static boolean isShown(int one) {
      return !Character.isISOControl(one) || one == '\n' || one == '\t' || one == '\r';
    }
  }

  /** What {@code POST /entries/put} and {@code remove} reply: whether something was changed. */
  record Changed(boolean applied, int shard) {}

  /**
   * What {@code GET /entries/scan} replies.
   *
   * @param cursor where to read on; null at the end
   */
  record Page(String map, List<Line> entries, @Nullable String cursor) {}

  /**
   * One entry of it.
   *
   * @param deadlineMillis when it ends, in milliseconds since 1970; null for never
   */
  record Line(Shown key, Shown value, int shard, long version, @Nullable Long deadlineMillis) {}

  static EntryJson of(GridAccess grid, String map, byte[] key, int shard, Answer.Entry entry) {
    byte[] value = entry.value();
    return new EntryJson(
        map,
        Shown.of(key, KEY_BYTES_MAX),
        shard,
        owner(grid, shard),
        true,
        entry.version(),
        entry.leftMillis() < 0 ? null : entry.leftMillis(),
        value == null ? null : Shown.of(value, VALUE_BYTES_MAX));
  }

  static EntryJson absent(GridAccess grid, String map, byte[] key, int shard) {
    return new EntryJson(
        map, Shown.of(key, KEY_BYTES_MAX), shard, owner(grid, shard), false, 0, null, null);
  }

  static Line lineOf(int shard, Answer.Item item) {
    byte[] value = item.value();
    return new Line(
        Shown.of(item.key(), KEY_BYTES_MAX),
        Shown.of(value == null ? new byte[0] : value, LINE_BYTES_MAX),
        shard,
        item.version(),
        item.deadlineMillis() == 0 ? null : item.deadlineMillis());
  }

  private static @Nullable String owner(GridAccess grid, int shard) {
    PlacementEntry entry = grid.router().placement(shard);
    return entry == null ? null : MemberNames.of(grid).nameOrNull(entry.primary());
  }
}
