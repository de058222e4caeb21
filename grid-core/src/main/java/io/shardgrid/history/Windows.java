package io.shardgrid.history;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Narrows the times between which operations can have happened. Used once; not thread-safe. */
final class Windows {

  /*
   * What comes after another operation happened after that one's invocation too, and what comes
   * before another happened before that one's end too. What comes before what is known from ranks,
   * and from marks that one operation makes: it comes before all that need them. The orders of a
   * history within its narrowed times are those within its own, but fewer operations are open at
   * once, and that is what a search costs. Deadlines that are moved to before those of what must
   * come later are J. Blazewicz', Scheduling dependent tasks with different arrival times to meet
   * deadlines, in: Modelling and Performance Evaluation of Computer Systems, 1976.
   */
  private static final int PASSES_MAX = 16;

  private final Demands<?, ?, ?> demands;
  private final long[] invoked;
  private final long[] completed;
  private final int[] ranked;
  private final int[] sources;
  private boolean isChanged;

  private Windows(Roster<?, ?> roster, Demands<?, ?, ?> demands, int initial) {
    this.demands = demands;
    invoked = IntStream.range(0, roster.size()).mapToLong(roster::invoked).toArray();
    completed = IntStream.range(0, roster.size()).mapToLong(roster::completed).toArray();
    ranked =
        IntStream.range(0, roster.size())
            .filter(number -> demands.rank(number) != 0)
            .boxed()
            .sorted(Comparator.comparingLong(demands::rank))
            .mapToInt(Integer::intValue)
            .toArray();
    sources = new int[demands.marks()];
    Arrays.fill(sources, Demands.NONE);
    boolean[] isUnique = demands.uniqueMarks(initial);
    for (int number = 0; number < roster.size(); number++) {
      int made = demands.made(number);
      if (made != Demands.NONE && isUnique[made]) {
        sources[made] = number;
      }
    }
  }

  /** The operations with their narrowed times. O(n log n). */
  static <S, I, O> Roster<I, O> narrow(
      SequentialModel<S, I, O> model, Foresight<S, I, O> foresight, Roster<I, O> roster) {
    Demands<S, I, O> demands = new Demands<>(model, foresight, roster);
    Windows windows = new Windows(roster, demands, demands.markOf(model.initial()));
    windows.narrow();
    return roster.within(windows.invoked, windows.completed);
  }

  private void narrow() {
    int passes = 0;
    do {
      isChanged = false;
      byRanks();
      bySources();
      passes++;
    } while (isChanged && passes < PASSES_MAX);
  }

  private void byRanks() {
    long latest = Long.MIN_VALUE;
    for (int from = 0, to; from < ranked.length; from = to) {
      long own = Long.MIN_VALUE;
      for (to = from; to < ranked.length && isOfOneRank(from, to); to++) {
        after(ranked[to], latest);
        own = Math.max(own, invoked[ranked[to]]);
      }
      latest = Math.max(latest, own);
    }
    long earliest = Long.MAX_VALUE;
    for (int from = ranked.length - 1, to; from >= 0; from = to) {
      long own = Long.MAX_VALUE;
      for (to = from; to >= 0 && isOfOneRank(from, to); to--) {
        before(ranked[to], earliest);
        own = Math.min(own, completed[ranked[to]]);
      }
      earliest = Math.min(earliest, own);
    }
  }

  private boolean isOfOneRank(int some, int other) {
    return demands.rank(ranked[some]) == demands.rank(ranked[other]);
  }

  private void bySources() {
    for (int number = 0; number < invoked.length; number++) {
      int needed = demands.needed(number);
      int source = needed == Demands.NONE ? Demands.NONE : sources[needed];
      if (source != Demands.NONE) {
        after(number, invoked[source]);
        before(source, completed[number]);
      }
    }
  }

  private void after(int number, long time) {
    if (invoked[number] < time) {
      invoked[number] = time;
      isChanged = true;
    }
  }

  private void before(int number, long time) {
    if (completed[number] > time) {
      completed[number] = time;
      isChanged = true;
    }
  }
}
