package io.shardgrid.meter;

import io.shardgrid.wire.Request;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one shard and map since the node started. Written within the shard's turns only, read
 * by any thread.
 */
@SuppressWarnings("EnumOrdinal") // places in arrays, which no one else sees
final class MapTally {

  /*
   * One writer at a time: so adding is a plain load and store, without a lock on the bus, but
   * opaque, so that readers see whole numbers that never fall. What is written most often is in
   * the first cache line. Outcomes other than OK are rare and have an array that is made with the
   * first of them.
   *
   *    0 hits  1 misses  2.. carried out, by kind  17 evicted  18 expired  19 entries  20 bytes
   */
  private static final VarHandle AT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int KINDS = Request.Kind.values().length;
  private static final int OUTCOMES = OperationOutcome.values().length;
  private static final int HITS = 0;
  private static final int MISSES = 1;
  private static final int CARRIED_OUT = 2;
  private static final int EVICTED = CARRIED_OUT + KINDS;
  private static final int EXPIRED = EVICTED + 1;
  private static final int ENTRIES = EXPIRED + 1;
  private static final int BYTES = ENTRIES + 1;

  private final long[] counts = new long[BYTES + 1];
  private volatile long @Nullable [] others;
  private long entriesFound;
  private long bytesFound;

  private static void add(long[] counts, int index, long more) {
    AT.setOpaque(counts, index, counts[index] + more);
  }

  private static long read(long[] counts, int index) {
    return (long) AT.getOpaque(counts, index);
  }

  void carriedOut(Request.Kind kind) {
    add(counts, CARRIED_OUT + kind.ordinal(), 1);
  }

  void hits(long more) {
    add(counts, HITS, more);
  }

  void misses(long more) {
    add(counts, MISSES, more);
  }

  void ended(Request.Kind kind, OperationOutcome outcome) {
    if (outcome == OperationOutcome.OK) {
      carriedOut(kind);
      return;
    }
    long[] known = others;
    if (known == null) {
      known = new long[KINDS * OUTCOMES];
      others = known;
    }
    add(known, kind.ordinal() * OUTCOMES + outcome.ordinal(), 1);
  }

  void evicted() {
    add(counts, EVICTED, 1);
  }

  void expired() {
    add(counts, EXPIRED, 1);
  }

  /** A map that belongs here has so many entries; shown from {@link #show} on. */
  void found(long entries, long bytes) {
    entriesFound += entries;
    bytesFound += bytes;
  }

  /** Shows what was found since the last time. */
  void show() {
    AT.setOpaque(counts, ENTRIES, entriesFound);
    AT.setOpaque(counts, BYTES, bytesFound);
    entriesFound = 0;
    bytesFound = 0;
  }

  long operations(Request.Kind kind, OperationOutcome outcome) {
    if (outcome == OperationOutcome.OK) {
      return read(counts, CARRIED_OUT + kind.ordinal());
    }
    long[] known = others;
    return known == null ? 0 : read(known, kind.ordinal() * OUTCOMES + outcome.ordinal());
  }

  long hits() {
    return read(counts, HITS);
  }

  long misses() {
    return read(counts, MISSES);
  }

  long evictions() {
    return read(counts, EVICTED);
  }

  long expirations() {
    return read(counts, EXPIRED);
  }

  long entries() {
    return read(counts, ENTRIES);
  }

  long bytes() {
    return read(counts, BYTES);
  }
}
