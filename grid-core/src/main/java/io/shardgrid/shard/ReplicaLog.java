package io.shardgrid.shard;

import io.shardgrid.wire.replica.LoggedWrite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last writes of a shard in the order of their numbers, without a gap: those that some replica
 * may still lack. Confined to its replica.
 */
final class ReplicaLog {

  /* A ring: the write with number n stands at n modulo its size, a power of two. */
  private static final int CAPACITY_FIRST = 16;

  private @Nullable LoggedWrite[] ring = new LoggedWrite[CAPACITY_FIRST];
  private long base;
  private long length;
  private long bytes;

  /** Number of the write before the first one that is kept. */
  long base() {
    return base;
  }

  /** Number of the last write. */
  long length() {
    return length;
  }

  /** About how many bytes the writes take. */
  long bytes() {
    return bytes;
  }

  boolean holds(long seq) {
    return seq > base && seq <= length;
  }

  /**
   * A write that is kept.
   *
   * @throws IllegalArgumentException if it is not
   */
  LoggedWrite at(long seq) {
    LoggedWrite write = holds(seq) ? ring[index(seq)] : null;
    if (write == null) {
      throw new IllegalArgumentException(
          "not in the log: seq=%d, base=%d, length=%d".formatted(seq, base, length));
    }
    return write;
  }

  /**
   * Adds a write at the end.
   *
   * @throws IllegalArgumentException if its number does not follow the last one
   */
  void append(LoggedWrite write) {
    requireNext(write.seq());
    if (length - base == ring.length) {
      grow();
    }
    length++;
    ring[index(length)] = write;
    bytes += write.bytes();
  }

  /**
   * Counts the next write without keeping it, nor any before it: nobody will ask for them.
   *
   * @throws IllegalArgumentException if its number does not follow the last one
   */
  void passOver(long seq) {
    requireNext(seq);
    dropTo(length);
    length = seq;
    base = seq;
  }

  /** Takes out the writes above a number. */
  void cutAbove(long seq) {
    while (length > Math.max(seq, base)) {
      takeOut(length);
      length--;
    }
  }

  /** Takes out the writes up to a number. */
  void dropTo(long seq) {
    while (base < Math.min(seq, length)) {
      base++;
      takeOut(base);
    }
  }

  /** Takes out everything; the next write will follow {@code seq}. */
  void restart(long seq) {
    ring = new LoggedWrite[CAPACITY_FIRST];
    base = seq;
    length = seq;
    bytes = 0;
  }

  /** The writes above a number, until their bytes reach a bound; at least one if there is one. */
  List<LoggedWrite> after(long seq, long bytesMax) {
    List<LoggedWrite> writes = new ArrayList<>();
    long taken = 0;
    for (long next = seq + 1; next <= length && taken < bytesMax; next++) {
      LoggedWrite write = at(next);
      writes.add(write);
      taken += write.bytes();
    }
    return writes;
  }

  private void requireNext(long seq) {
    if (seq != length + 1) {
      throw new IllegalArgumentException(
          "a gap in the log: seq=%d, length=%d".formatted(seq, length));
    }
  }

  private void takeOut(long seq) {
    LoggedWrite write = ring[index(seq)];
    ring[index(seq)] = null;
    bytes -= write == null ? 0 : write.bytes();
  }

  private int index(long seq) {
    return (int) seq & (ring.length - 1);
  }

  private void grow() {
    @Nullable LoggedWrite[] larger = new LoggedWrite[2 * ring.length];
    for (long seq = base + 1; seq <= length; seq++) {
      larger[(int) seq & (larger.length - 1)] = ring[index(seq)];
    }
    ring = larger;
  }
}
