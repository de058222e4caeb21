package io.shardgrid.node.bench;

import java.util.SplittableRandom;

/**
 * What a load asks: operations on keys drawn at random. Thread-safe as its subject is.
 *
 * @param readPercent so many of a hundred operations read, the others write
 */
record Traffic(Subject subject, Keys keys, int valueBytes, int readPercent) {

  private static final int DRAWS = 100;
  private static final int ARRAY_HEAD_BYTES = 16;
  private static final int ALIGNMENT_BYTES = 8;

  String key(SplittableRandom random) {
    return keys.at(random.nextInt(keys.number()));
  }

  boolean isRead(SplittableRandom random) {
    return random.nextInt(DRAWS) < readPercent;
  }

  /** A value to write, made anew: a grid may keep it. */
  byte[] value() {
    return new byte[valueBytes];
  }

  /** What {@link #value} takes of the memory. */
  int valueObjectBytes() {
    int bytes = ARRAY_HEAD_BYTES + valueBytes + ALIGNMENT_BYTES - 1;
    return bytes / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
  }
}
