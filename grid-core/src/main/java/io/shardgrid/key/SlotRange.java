package io.shardgrid.key;

/**
 * A run of neighbouring slots, both ends included. Immutable.
 *
 * @param first lowest slot of the range
 * @param last highest slot of the range
 */
public record SlotRange(int first, int last) {

  public SlotRange {
    if (first < 0 || last < first || last >= Slot.COUNT) {
      throw new IllegalArgumentException(
          "not a range of slots: first=" + first + ", last=" + last + ", slots=" + Slot.COUNT);
    }
  }

  /** Number of slots in the range, at least 1. */
  public int size() {
    return last - first + 1;
  }

  /** Whether {@code slot} lies in the range. */
  public boolean contains(int slot) {
    return slot >= first && slot <= last;
  }
}
