package io.shardgrid.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The situations from which a search has gone on: operations placed, unknown ones used, state.
 *
 * <p>A situation need not be searched if one with the same answered operations placed was, from
 * which as much is possible: no other unknown operations used up, and a state that covers this one.
 */
final class Visited<S> {

  private final SequentialModel<S, ?, ?> model;
  private final Map<Key, List<Situation<S>>> situations = new HashMap<>();
  private long comparisons;

  private record Situation<S>(long[] used, S state) {}

  Visited(SequentialModel<S, ?, ?> model) {
    this.model = model;
  }

  /** Situations that were compared with each other so far. */
  long comparisons() {
    return comparisons;
  }

  /** Takes a situation in; false if it need not be searched. */
  boolean add(PlacedSet placed, int firstMissing, long[] used, S state) {
    Key key = new Key(PlacedSet.wordOf(firstMissing), placed.tail(firstMissing), model.mark(state));
    List<Situation<S>> known = situations.computeIfAbsent(key, any -> new ArrayList<>(1));
    Situation<S> situation = new Situation<>(used, state);
    for (Situation<S> other : known) {
      comparisons++;
      if (isCovered(situation, other)) {
        return false;
      }
    }
    known.removeIf(other -> isCovered(other, situation));
    known.add(situation);
    return true;
  }

  private boolean isCovered(Situation<S> situation, Situation<S> other) {
    return isSubset(other.used, situation.used) && model.covers(other.state, situation.state);
  }

  private static boolean isSubset(long[] some, long[] all) {
    for (int i = 0; i < some.length; i++) {
      if ((some[i] & ~all[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The answered operations that are placed, and what can be seen of the state. */
  private static final class Key {
    private final int from;
    private final long[] tail;
    private final Object mark;
    private final int hash;

    private Key(int from, long[] tail, Object mark) {
      this.from = from;
      this.tail = tail;
      this.mark = mark;
      this.hash = (31 * from + Arrays.hashCode(tail)) * 31 + mark.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && key.hash == hash
          && key.from == from
          && Arrays.equals(key.tail, tail)
          && key.mark.equals(mark);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
