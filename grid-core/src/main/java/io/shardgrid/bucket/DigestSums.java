package io.shardgrid.bucket;

import io.shardgrid.key.Digest;

/**
 * The two digests of a map, kept up to date entry by entry. Not thread-safe.
 *
 * <p>Adding and removing an entry cost O(bytes), or O(key) when its value is an extent, whose hash
 * stands in the entry.
 */
final class DigestSums {

  private final Extents extents;
  private final ContentHash hash = new ContentHash();
  private final long startLow;
  private final long startHigh;
  private long entryLow;
  private long entryHigh;
  private long contentLow;
  private long contentHigh;

  DigestSums(String name, Extents extents) {
    this.extents = extents;
    hash.begin(name);
    startLow = hash.low();
    startHigh = hash.high();
  }

  /** Over name of the map, key, value, deadline and version of each entry. */
  Digest entries() {
    return new Digest(entryHigh, entryLow);
  }

  /** The same without versions. */
  Digest contents() {
    return new Digest(contentHigh, contentLow);
  }

  /** Computes the hash of an entry with an extent, and writes it into its tail. O(bytes). */
  void seal(byte[] page, int at) {
    byte[] value = extents.value(EntryBytes.extent(page, at));
    hash.begin(startLow, startHigh);
    hash.absorb(page, EntryBytes.keyOffset(page, at), EntryBytes.keyLength(page, at));
    hash.absorb(value, 0, value.length);
    int hashAt = EntryBytes.hashOffset(page, at);
    Layout.putLong(page, hashAt, hash.low());
    Layout.putLong(page, hashAt + 8, hash.high());
  }

  void add(byte[] page, int at) {
    beginContent(page, at);
    addStamped(EntryBytes.version(page, at), EntryBytes.deadlineMillis(page, at));
  }

  void subtract(byte[] page, int at) {
    beginContent(page, at);
    subtractStamped(EntryBytes.version(page, at), EntryBytes.deadlineMillis(page, at));
  }

  /** Takes an entry out and in again with another version and deadline. */
  void restamp(byte[] page, int at, long version, long deadlineMillis) {
    beginContent(page, at);
    final long low = hash.low();
    final long high = hash.high();
    subtractStamped(EntryBytes.version(page, at), EntryBytes.deadlineMillis(page, at));
    hash.begin(low, high);
    addStamped(version, deadlineMillis);
  }

  void clear() {
    entryLow = 0;
    entryHigh = 0;
    contentLow = 0;
    contentHigh = 0;
  }

  /** Leaves the hash of name, key and value. */
  private void beginContent(byte[] page, int at) {
    int keyAt = EntryBytes.keyOffset(page, at);
    int keyLength = EntryBytes.keyLength(page, at);
    if (EntryBytes.hasExtent(page, at)) {
      int hashAt = EntryBytes.hashOffset(page, at);
      hash.begin(Layout.longAt(page, hashAt), Layout.longAt(page, hashAt + 8));
    } else {
      hash.begin(startLow, startHigh);
      hash.absorb(page, keyAt, keyLength);
      hash.absorb(page, keyAt + keyLength, EntryBytes.valueLength(page, at));
    }
  }

  private void addStamped(long version, long deadlineMillis) {
    final long low = hash.low();
    final long high = hash.high();
    hash.absorb(deadlineMillis);
    contentLow += hash.low();
    contentHigh += hash.high() + carryOf(contentLow, hash.low());
    hash.begin(low, high);
    hash.absorb(deadlineMillis, version);
    entryLow += hash.low();
    entryHigh += hash.high() + carryOf(entryLow, hash.low());
  }

  private void subtractStamped(long version, long deadlineMillis) {
    final long low = hash.low();
    final long high = hash.high();
    hash.absorb(deadlineMillis);
    contentHigh -= hash.high() + borrowOf(contentLow, hash.low());
    contentLow -= hash.low();
    hash.begin(low, high);
    hash.absorb(deadlineMillis, version);
    entryHigh -= hash.high() + borrowOf(entryLow, hash.low());
    entryLow -= hash.low();
  }

  private static long carryOf(long sum, long summand) {
    return Long.compareUnsigned(sum, summand) < 0 ? 1 : 0;
  }

  private static long borrowOf(long minuend, long subtrahend) {
    return Long.compareUnsigned(minuend, subtrahend) < 0 ? 1 : 0;
  }
}
