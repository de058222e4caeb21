package io.shardgrid.history;

import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Tells, from what a model foresees, that operations without a place will never have one.
 *
 * <p>Two reasons: an operation needs a mark that is gone, and nothing that could make it again was
 * invoked before the operation ended; or its rank lies below what the state has passed. O(1) a
 * question, and as much for every operation that is placed or taken back.
 */
final class Prospects<S, I, O> {

  private final Foresight<S, I, O> foresight;
  private final Roster<I, O> roster;
  private final Demands<S, I, O> demands;

  /** Operations without a place, for each mark: that need it, by their ends. */
  private final LinkedOrders needs;

  /** Operations without a place, for each mark: that make it, by their invocations. */
  private final LinkedOrders sources;

  /** Operations without a place that have a rank, by that. */
  private final LinkedOrders ranked;

  Prospects(SequentialModel<S, I, O> model, Foresight<S, I, O> foresight, Roster<I, O> roster) {
    this.foresight = foresight;
    this.roster = roster;
    this.demands = new Demands<>(model, foresight, roster);
    needs = new LinkedOrders(roster.size(), demands.marks());
    sources = new LinkedOrders(roster.size(), demands.marks());
    ranked = new LinkedOrders(roster.size(), 1);
    sorted(this::needsAny, roster::completed)
        .forEach(number -> needs.append(demands.needed(number), number));
    sorted(this::makesAny, roster::invoked)
        .forEach(number -> sources.append(demands.made(number), number));
    sorted(this::isRanked, demands::rank).forEach(number -> ranked.append(0, number));
  }

  private IntStream sorted(IntPredicate isIn, IntToLongFunction by) {
    return IntStream.range(0, roster.size())
        .filter(isIn)
        .boxed()
        .sorted(Comparator.comparingLong(by::applyAsLong))
        .mapToInt(Integer::intValue);
  }

  private boolean needsAny(int number) {
    return demands.needed(number) != Demands.NONE;
  }

  private boolean makesAny(int number) {
    return demands.made(number) != Demands.NONE;
  }

  private boolean isRanked(int number) {
    return demands.rank(number) != 0;
  }

  /** The operation has its place. */
  void place(int number) {
    if (needsAny(number)) {
      needs.takeOut(number);
    }
    if (makesAny(number)) {
      sources.takeOut(number);
    }
    if (isRanked(number)) {
      ranked.takeOut(number);
    }
  }

  /** Undoes the last {@link #place} that was not undone. */
  void takeBack(int number) {
    if (needsAny(number)) {
      needs.putBack(number);
    }
    if (makesAny(number)) {
      sources.putBack(number);
    }
    if (isRanked(number)) {
      ranked.putBack(number);
    }
  }

  /** Whether it can be seen before any step that some operation has no place. O(n log n). */
  boolean isHopeless(S initial) {
    int present = demands.markOf(initial);
    return IntStream.range(0, demands.marks()).anyMatch(mark -> mark != present && isMissed(mark))
        || areRanksAgainstTimes()
        || MarkSpans.inTime(roster, demands, present).areHopeless()
        || MarkSpans.byRank(roster, demands, present).areHopeless();
  }

  /** Whether an operation ended before one with a lower rank was invoked. */
  private boolean areRanksAgainstTimes() {
    // Those of equal rank stand in the order of their invocations, and so cannot offend.
    long lastInvocation = Long.MIN_VALUE;
    for (int at = ranked.first(0); !ranked.isEnd(at); at = ranked.next(at)) {
      if (roster.completed(at) < lastInvocation) {
        return true;
      }
      lastInvocation = Math.max(lastInvocation, roster.invoked(at));
    }
    return false;
  }

  /** Whether some operation without a place has lost its last one by the step of this one. */
  boolean isHopeless(int number, S from, S to) {
    int lowest = ranked.first(0);
    long floor = Math.max(demands.rank(number), foresight.floor(to));
    if (!ranked.isEnd(lowest) && demands.rank(lowest) < floor) {
      return true;
    }
    int left = demands.markOf(from);
    return left != Demands.NONE && isMissed(left) && left != demands.markOf(to);
  }

  private boolean isMissed(int mark) {
    int need = needs.first(mark);
    if (needs.isEnd(need)) {
      return false;
    }
    int source = sources.first(mark);
    return sources.isEnd(source) || roster.invoked(source) > roster.completed(need);
  }

  /**
   * When the operation, or one without a place that needs what it makes, must have its place at the
   * latest.
   */
  long dueTime(int number) {
    long due = roster.completed(number);
    int need = makesAny(number) ? needs.first(demands.made(number)) : roster.size();
    return needs.isEnd(need) ? due : Math.min(due, roster.completed(need));
  }
}
