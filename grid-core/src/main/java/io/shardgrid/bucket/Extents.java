package io.shardgrid.bucket;

import java.util.Arrays;

/**
 * The large values of a map, each in the array it came in: neither copied nor changed. Not
 * thread-safe.
 *
 * <p>Every operation is O(1), apart from the directory, which doubles now and then.
 */
final class Extents {

  static final int NONE = -1;

  private final Reservation reservation;
  private byte[][] values = {};
  private final NumberStack vacant = new NumberStack();
  private int count;

  Extents(Reservation reservation) {
    this.reservation = reservation;
  }

  byte[] value(int number) {
    return values[number];
  }

  /** How many there are. */
  int count() {
    return count - vacant.count();
  }

  /** Keeps this very array under a number; {@link #NONE} if the budget has no room. */
  int add(byte[] value) {
    if (!reservation.adopt(value)) {
      return NONE;
    }
    int number = takeNumber();
    values[number] = value;
    return number;
  }

  void remove(int number) {
    reservation.release(values[number]);
    values[number] = Reservation.NO_BYTES;
    vacant.push(number);
  }

  /** Forgets all; the reservation has been given back as a whole. */
  void clear() {
    values = new byte[0][];
    vacant.clear();
    count = 0;
  }

  private int takeNumber() {
    if (vacant.count() > 0) {
      return vacant.pop();
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, Math.max(2, 2 * count));
      Arrays.fill(values, count, values.length, Reservation.NO_BYTES);
    }
    return count++;
  }
}
