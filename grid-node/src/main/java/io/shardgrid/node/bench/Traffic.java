package io.shardgrid.node.bench;

import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a load asks: operations on keys drawn at random. Thread-safe as its subject is.
 *
 * <p>As a number, an operation is the place of its key, twice, and one more if it reads.
 *
 * @param readPercent so many of a hundred operations read, the others write
 */
record Traffic(Subject subject, Keys keys, int valueBytes, int readPercent) implements Operations {

  private static final int DRAWS = 100;
  private static final int ARRAY_HEAD_BYTES = 16;
  private static final int ALIGNMENT_BYTES = 8;

  @Override
  public long draw(SplittableRandom random) {
    int read = isRead(random) ? 1 : 0;
    return 2L * random.nextInt(keys.number()) + read;
  }

  @Override
  public CompletionStage<?> send(long operation) {
    String key = keys.at((int) (operation / 2));
    return isRead(operation) ? subject.get(key) : subject.put(key, value());
  }

  /** Every key is there: a read that finds none is as wrong as one that fails. */
  @Override
  public String flaw(long operation, @Nullable Object answer) {
    return isRead(operation) && !Boolean.TRUE.equals(answer) ? Phase.NO_ENTRY : "";
  }

  @Override
  public int valueObjectBytes(long operation) {
    return isRead(operation) ? 0 : valueObjectBytes();
  }

  private static boolean isRead(long operation) {
    return operation % 2 == 1;
  }

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
