package io.shardgrid.shard;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The marks of one map in the order in which they are to be handed to the store, and which of them
 * the store has in hand. Confined to the primary.
 */
final class MarkQueue {

  private final Map<ByteBuffer, Entry> entries = new LinkedHashMap<>();
  private long bytes;

  /** One key. */
  static final class Entry {
    private final byte[] key;
    private long version;
    private long sinceMillis;
    private int bytes;
    private boolean isInHand;
    private boolean isRemoval;

    Entry(byte[] key) {
      this.key = key;
    }

    byte[] key() {
      return key;
    }

    /** Of the last write. */
    long version() {
      return version;
    }

    boolean isRemoval() {
      return isRemoval;
    }
  }

  int size() {
    return entries.size();
  }

  /** Bytes of the marks. */
  long bytes() {
    return bytes;
  }

  boolean has(ByteBuffer key) {
    return entries.containsKey(key);
  }

  /** The version of a key's last write; 0 if the store has it. */
  long version(ByteBuffer key) {
    Entry entry = entries.get(key);
    return entry == null ? 0 : entry.version;
  }

  /**
   * Since when the mark of a key that is written now waits: as long as it is not in the store's
   * hands, a later write waits no longer than the first one.
   */
  long since(ByteBuffer key, long nowMillis) {
    Entry entry = entries.get(key);
    return entry == null || entry.isInHand ? nowMillis : entry.sinceMillis;
  }

  /** Wall time of the oldest; 0 if there is none. */
  long oldestMillis() {
    return entries.isEmpty() ? 0 : entries.values().iterator().next().sinceMillis;
  }

  /** A key was written; whether its last write had not reached the store. */
  boolean put(byte[] key, long version, StoreMark mark, int size) {
    Entry entry = entries.computeIfAbsent(ByteBuffer.wrap(key), any -> new Entry(key));
    boolean isCoalesced = entry.version != 0 && !entry.isInHand;
    entry.version = version;
    entry.sinceMillis = mark.sinceMillis();
    entry.isRemoval = mark.isRemoval();
    bytes += size - entry.bytes;
    entry.bytes = size;
    return isCoalesced;
  }

  /** The mark is gone, whoever removed it. */
  void drop(ByteBuffer key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      bytes -= entry.bytes;
    }
  }

  /**
   * What may be handed over now, oldest first.
   *
   * @param untilMillis those that wait since then, or longer
   * @param commit number of the last write that no crash can take back
   * @param mayRemove whether removals are among them
   */
  List<Entry> due(int max, long untilMillis, long commit, boolean mayRemove) {
    List<Entry> due = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.isInHand) {
        continue;
      }
      if (due.size() == max || entry.sinceMillis > untilMillis) {
        break;
      }
      if (entry.version <= commit && (mayRemove || !entry.isRemoval)) {
        due.add(entry);
      }
    }
    return due;
  }

  /** The store has it in hand. */
  void handed(Entry entry) {
    entry.isInHand = true;
  }

  /** The store has it no more in hand. */
  void back(byte[] key) {
    Entry entry = entries.get(ByteBuffer.wrap(key));
    if (entry != null) {
      entry.isInHand = false;
    }
  }

  /** The same, and it was written meanwhile: it is behind all others. */
  void backOfNewer(byte[] key) {
    ByteBuffer name = ByteBuffer.wrap(key);
    Entry entry = entries.remove(name);
    if (entry != null) {
      entry.isInHand = false;
      entries.put(name, entry);
    }
  }

  List<byte[]> keys() {
    return entries.values().stream().map(Entry::key).toList();
  }

  void clear() {
    entries.clear();
    bytes = 0;
  }
}
