package io.shardgrid.shard;

import java.util.Arrays;

/** The seat of each write of a shard by its number, as far as it is known. */
final class SeatChain {

  private static final long NONE = 0;

  private long[] seats = new long[64];
  private long length;

  /** The seat in which a write was numbered; 0 if that is not known. */
  long seat(long seq) {
    return seq > 0 && seq <= length ? seats[(int) seq] : NONE;
  }

  void put(long seq, long seat) {
    if (seq >= seats.length) {
      seats = Arrays.copyOf(seats, Math.max((int) seq + 1, 2 * seats.length));
    }
    length = Math.max(length, seq);
    seats[(int) seq] = seat;
  }

  /** Forgets the writes above a number. */
  void cutAbove(long seq) {
    if (seq < length) {
      Arrays.fill(seats, (int) seq + 1, (int) length + 1, NONE);
      length = seq;
    }
  }
}
