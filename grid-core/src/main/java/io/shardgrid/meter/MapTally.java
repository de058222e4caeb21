package io.shardgrid.meter;

/**
 * What one shard holds of a map, and has removed from it since the node started. Written within the
 * shard's turns only, read by any thread.
 */
final class MapTally {

  private volatile long evictions;
  private volatile long expirations;
  private volatile long entries;
  private volatile long bytes;
  private long entriesFound;
  private long bytesFound;

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
  void evicted() {
    evictions++;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
  void expired() {
    expirations++;
  }

  /** A map that belongs here has so many entries; shown from {@link #show} on. */
  void found(long moreEntries, long moreBytes) {
    entriesFound += moreEntries;
    bytesFound += moreBytes;
  }

  /** Shows what was found since the last time. */
  void show() {
    entries = entriesFound;
    bytes = bytesFound;
    entriesFound = 0;
    bytesFound = 0;
  }

  long evictions() {
    return evictions;
  }

  long expirations() {
    return expirations;
  }

  long entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }
}
