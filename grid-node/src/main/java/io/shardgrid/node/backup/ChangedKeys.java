package io.shardgrid.node.backup;

import io.shardgrid.wire.Answer.Changed;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which keys of a shard were written while it was read, and which of their changes counts. Not
 * thread-safe. O(keys), within a bound.
 */
final class ChangedKeys {

  /*
   * A chunk shows entries as they were when it was read, a change shows a key as it was when the
   * change was read. All that was written before the last stretch is in the changes, so a changed
   * key counts as its last change says, wherever chunks show it; of two changes of a key the one of
   * the higher version, and of equal ones the later one. Removing all of a map voids whatever has a
   * lower version.
   */

  /** Bytes of keys, with what their table takes, that may change while one shard is read. */
  static final long BYTES_MAX = 64 << 20;

  private static final int KEY_BYTES = 120;

  private record Key(String map, ByteBuffer key) {}

  /** The change that counts: its version, and which one in the file it is. */
  private record Last(long version, long number) {}

  private final Map<Key, Last> keys = new HashMap<>();
  private final Map<String, Long> cleared = new HashMap<>();
  private long number;
  private long bytes;

  /**
   * Takes the next change of the file.
   *
   * @throws TooManyChangesException if there are more than are held
   */
  void add(Changed change) {
    long version = change.version();
    byte[] bytesOfKey = change.key();
    number++;
    if (bytesOfKey == null) {
      cleared.merge(change.map(), version, Math::max);
      return;
    }
    Key key = new Key(change.map(), ByteBuffer.wrap(bytesOfKey));
    Last known = keys.get(key);
    if (known == null) {
      bytes += KEY_BYTES + bytesOfKey.length;
      if (bytes > BYTES_MAX) {
        throw new TooManyChangesException(
            "More keys were written while the shard was read than are held: bytes=%d, max=%d"
                .formatted(bytes, BYTES_MAX));
      }
    }
    if (known == null || version >= known.version()) {
      keys.put(key, new Last(version, number));
    }
  }

  /** Whether an entry of a chunk is what the shard held at the end. */
  boolean isLast(String map, byte[] key, long version) {
    return !keys.containsKey(new Key(map, ByteBuffer.wrap(key))) && !isCleared(map, version);
  }

  /**
   * Whether a change is the last one of its key, and not voided.
   *
   * @param ordinal which one in the file it is, from 1 on
   */
  boolean isLast(Changed change, long ordinal) {
    ByteBuffer key = ByteBuffer.wrap(Objects.requireNonNull(change.key()));
    Last last = keys.get(new Key(change.map(), key));
    return last != null && last.number() == ordinal && !isCleared(change.map(), change.version());
  }

  private boolean isCleared(String map, long version) {
    Long at = cleared.isEmpty() ? null : cleared.get(map);
    return at != null && version < at;
  }

  /** More keys were written while a shard was read than are held. */
  static final class TooManyChangesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyChangesException(String message) {
      super(message);
    }
  }
}
