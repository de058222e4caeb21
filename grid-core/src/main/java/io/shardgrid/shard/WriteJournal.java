package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.wire.replica.Change;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was numbered in this turn and is not logged yet: an operation's write, behind the expiries
 * that it came upon. Two arrays, so that a write costs no object here. Confined to its replica.
 */
final class WriteJournal implements ShardStore.Journal {

  private long[] seqs = new long[1];
  private @Nullable Change[] effects = new @Nullable Change[1];
  private int size;

  @Override
  public void numbered(long seq, Change made) {
    if (size == seqs.length) {
      seqs = Arrays.copyOf(seqs, 2 * size);
      effects = Arrays.copyOf(effects, 2 * size);
    }
    seqs[size] = seq;
    effects[size] = made;
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  long seq(int at) {
    return seqs[at];
  }

  Change effects(int at) {
    return requireNonNull(effects[at]);
  }

  void clear() {
    Arrays.fill(effects, 0, size, null);
    size = 0;
  }
}
