package io.shardgrid.history;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a model foresees of each operation of a check, with marks as numbers. Immutable. */
final class Demands<S, I, O> {

  /** No mark, or none that is needed. */
  static final int NONE = -1;

  private final SequentialModel<S, I, O> model;
  private final Map<Object, Integer> marks = new HashMap<>();
  private final int[] needed;
  private final int[] made;
  private final long[] ranks;

  Demands(SequentialModel<S, I, O> model, Foresight<S, I, O> foresight, Roster<I, O> roster) {
    this.model = model;
    needed = new int[roster.size()];
    made = new int[roster.size()];
    ranks = new long[roster.size()];
    Arrays.fill(needed, NONE);
    for (int number = 0; number < roster.size(); number++) {
      O output = roster.output(number);
      ranks[number] = foresight.rank(roster.input(number), output);
      Object mark = output == null ? null : foresight.needs(roster.input(number), output);
      if (mark != null) {
        int next = marks.size();
        needed[number] = marks.computeIfAbsent(mark, any -> next);
      }
    }
    for (int number = 0; number < roster.size(); number++) {
      Object mark = foresight.makes(roster.input(number), roster.output(number));
      made[number] = mark == null ? NONE : marks.getOrDefault(mark, others());
    }
  }

  /** How many marks there are, the last one for all those that nothing needs. */
  int marks() {
    return marks.size() + 1;
  }

  /** The mark that stands for all those that nothing needs. */
  int others() {
    return marks.size();
  }

  /**
   * Which marks last for one span at most: one operation makes them, or the first state has them.
   */
  boolean[] uniqueMarks(int initial) {
    int[] makers = new int[marks()];
    IntStream.of(made).filter(mark -> mark != NONE).forEach(mark -> makers[mark]++);
    boolean[] isUnique = new boolean[marks()];
    for (int mark = 0; mark < others(); mark++) {
      isUnique[mark] = makers[mark] == (mark == initial ? 0 : 1);
    }
    return isUnique;
  }

  /** The mark that an operation needs, or {@link #NONE}. */
  int needed(int number) {
    return needed[number];
  }

  /** The mark that an operation makes, or {@link #NONE}. */
  int made(int number) {
    return made[number];
  }

  /** The rank of an operation, 0 for none. */
  long rank(int number) {
    return ranks[number];
  }

  /** The mark of a state, or {@link #NONE} if nothing needs it. */
  int markOf(S state) {
    @Nullable Integer mark = marks.get(model.mark(state));
    return mark == null ? NONE : mark;
  }
}
