package io.shardgrid.history;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells, from what a model foresees, that operations without a place will never have one.
 *
 * <p>Two reasons: an operation needs a mark that is gone and that nothing left can make; or its
 * rank lies below what the state has passed. O(1) a question, and as much for every operation that
 * is placed or taken back.
 */
final class Prospects<S, I, O> {

  private static final int NONE = -1;

  private final SequentialModel<S, I, O> model;
  private final Foresight<S, I, O> foresight;
  private final Map<Object, Integer> marks = new HashMap<>();
  private final int[] needed;
  private final int[] made;
  private final int[] needs;
  private final int[] sources;
  private final long[] ranks;
  private final LinkedOrder ranked;

  Prospects(SequentialModel<S, I, O> model, Foresight<S, I, O> foresight, Roster<I, O> roster) {
    this.model = model;
    this.foresight = foresight;
    int size = roster.size();
    needed = new int[size];
    made = new int[size];
    ranks = new long[size];
    Arrays.fill(needed, NONE);
    for (int number = 0; number < size; number++) {
      O output = roster.output(number);
      if (output != null) {
        ranks[number] = foresight.rank(roster.input(number), output);
        Object mark = foresight.needs(roster.input(number), output);
        needed[number] = mark == null ? NONE : numberOf(mark);
      }
    }
    needs = new int[marks.size()];
    sources = new int[marks.size()];
    for (int number = 0; number < size; number++) {
      made[number] = find(foresight.makes(roster.input(number), roster.output(number)));
      count(number, 1);
    }
    ranked = new LinkedOrder(orderOfRanks(), size);
  }

  private int numberOf(Object mark) {
    int next = marks.size();
    return marks.computeIfAbsent(mark, any -> next);
  }

  private int find(@Nullable Object mark) {
    return mark == null ? NONE : marks.getOrDefault(mark, NONE);
  }

  private int[] orderOfRanks() {
    return IntStream.range(0, ranks.length)
        .filter(number -> ranks[number] != 0)
        .boxed()
        .sorted(Comparator.comparingLong(number -> ranks[number]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The operation has its place. */
  void place(int number) {
    count(number, -1);
    if (ranks[number] != 0) {
      ranked.takeOut(number);
    }
  }

  /** Undoes the last {@link #place} that was not undone. */
  void takeBack(int number) {
    count(number, 1);
    if (ranks[number] != 0) {
      ranked.putBack(number);
    }
  }

  private void count(int number, int change) {
    if (needed[number] != NONE) {
      needs[needed[number]] += change;
    }
    if (made[number] != NONE) {
      sources[made[number]] += change;
    }
  }

  /** Whether some operation has no place, whatever comes first. */
  boolean isHopeless(S initial) {
    int present = find(model.mark(initial));
    return IntStream.range(0, needs.length).anyMatch(mark -> mark != present && isMissed(mark));
  }

  /** Whether some operation without a place has lost its last one by this step. */
  boolean isHopeless(S from, S to) {
    int lowest = ranked.first();
    if (lowest != ranked.end() && ranks[lowest] < foresight.floor(to)) {
      return true;
    }
    int left = find(model.mark(from));
    return left != NONE && isMissed(left) && left != find(model.mark(to));
  }

  private boolean isMissed(int mark) {
    return needs[mark] > 0 && sources[mark] == 0;
  }
}
