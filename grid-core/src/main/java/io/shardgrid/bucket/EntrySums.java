package io.shardgrid.bucket;

import io.shardgrid.key.Digest;

/**
 * Adds up the digests of entries that are not in a bucket map, as those of one with this name would
 * be: to compare what was read, or written elsewhere, with what a cluster holds. Not thread-safe.
 */
public final class EntrySums {

  private final ContentHash hash = new ContentHash();
  private final long startLow;
  private final long startHigh;
  private Digest entries = Digest.ZERO;
  private Digest contents = Digest.ZERO;
  private long count;

  /** No entries yet. */
  public EntrySums(String map) {
    hash.begin(map);
    startLow = hash.low();
    startHigh = hash.high();
  }

  /** Adds an entry. O(bytes). */
  public void add(byte[] key, byte[] value, long version, long deadlineMillis) {
    hash.begin(startLow, startHigh);
    hash.absorb(key, 0, key.length);
    hash.absorb(value, 0, value.length);
    final long low = hash.low();
    final long high = hash.high();
    hash.absorb(deadlineMillis);
    contents = contents.plus(new Digest(hash.high(), hash.low()));
    hash.begin(low, high);
    hash.absorb(deadlineMillis, version);
    entries = entries.plus(new Digest(hash.high(), hash.low()));
    count++;
  }

  /** As {@link BucketMap#digest}. */
  public Digest entries() {
    return entries;
  }

  /** As {@link BucketMap#contentDigest}. */
  public Digest contents() {
    return contents;
  }

  /** How many were added. */
  public long count() {
    return count;
  }
}
