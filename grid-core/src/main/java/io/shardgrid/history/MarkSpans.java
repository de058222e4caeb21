package io.shardgrid.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** When the state of a history must have had which mark, and whether that can be. */
final class MarkSpans {

  /*
   * A mark that nothing makes but one operation lasts for one span of time. All operations that
   * make or need it happen within: the one that ended first, before that end, and the one that was
   * invoked last, after that invocation. If the former time lies before the latter, the mark lasted
   * from the one to the other at least; otherwise some moment between the two is in its span.
   *
   *   operations of x     |------|   |--------|     lasts from its first end to its last invocation:
   *                              |===|
   *   operations of y     |------------|            has a moment between its last invocation and its
   *                            |---------|          first end:
   *                            |.......|
   *
   * Two marks cannot last at the same time, and a mark that lasts leaves no room for a moment of
   * another. Where there are only reads and writes, and every value is written once, a history is
   * linearizable if that holds: P. Gibbons and E. Korach, Testing shared memories, SIAM J. Comput.
   * 26, 1997. Everywhere else it must hold too. Of a mark with several sources, each operation is a
   * moment of its own. What holds of times holds of ranks, which order operations as well.
   */
  private final boolean[] isUnique;
  private final long[] firstEnd;
  private final long[] lastInvocation;
  private final List<Span> moments = new ArrayList<>();

  private record Span(long from, long to) {}

  private MarkSpans(boolean[] isUnique) {
    this.isUnique = isUnique;
    firstEnd = new long[isUnique.length];
    lastInvocation = new long[isUnique.length];
    Arrays.fill(firstEnd, Long.MAX_VALUE);
    Arrays.fill(lastInvocation, Long.MIN_VALUE);
  }

  /**
   * The spans of a history's marks by the times of its operations. O(operations).
   *
   * @param initial the mark of the first state
   */
  static MarkSpans inTime(Roster<?, ?> roster, Demands<?, ?, ?> demands, int initial) {
    MarkSpans spans = new MarkSpans(demands.uniqueMarks(initial));
    spans.begin(initial);
    for (int number = 0; number < roster.size(); number++) {
      spans.addBoth(demands, number, roster.invoked(number), roster.completed(number));
    }
    return spans;
  }

  /** The same with ranks in the place of times, of those operations that have one. */
  static MarkSpans byRank(Roster<?, ?> roster, Demands<?, ?, ?> demands, int initial) {
    MarkSpans spans = new MarkSpans(demands.uniqueMarks(initial));
    spans.begin(initial);
    for (int number = 0; number < roster.size(); number++) {
      if (demands.rank(number) != 0) {
        spans.addBoth(demands, number, demands.rank(number), demands.rank(number));
      }
    }
    return spans;
  }

  private void begin(int initial) {
    if (initial != Demands.NONE) {
      add(initial, Long.MIN_VALUE, Long.MIN_VALUE);
    }
  }

  private void addBoth(Demands<?, ?, ?> demands, int number, long invoked, long completed) {
    // An unknown operation need not have happened unless it alone made what others saw, or has a
    // rank; its moment, which never ends, is within no time.
    if (demands.made(number) != Demands.NONE) {
      add(demands.made(number), invoked, completed);
    }
    if (demands.needed(number) != Demands.NONE) {
      add(demands.needed(number), invoked, completed);
    }
  }

  /** The state had this mark at some time between the two. */
  private void add(int mark, long invoked, long completed) {
    if (isUnique[mark]) {
      firstEnd[mark] = Math.min(firstEnd[mark], completed);
      lastInvocation[mark] = Math.max(lastInvocation[mark], invoked);
    } else {
      moments.add(new Span(invoked, completed));
    }
  }

  /** Whether no order can give all marks their time. O(n log n). */
  boolean areHopeless() {
    List<Span> lasting = new ArrayList<>();
    for (int mark = 0; mark < isUnique.length; mark++) {
      if (firstEnd[mark] < lastInvocation[mark]) {
        lasting.add(new Span(firstEnd[mark], lastInvocation[mark]));
      } else if (isUnique[mark]) {
        moments.add(new Span(lastInvocation[mark], firstEnd[mark]));
      }
    }
    lasting.sort(Comparator.comparingLong(Span::from));
    for (int i = 1; i < lasting.size(); i++) {
      if (lasting.get(i).from() < lasting.get(i - 1).to()) {
        return true;
      }
    }
    moments.sort(Comparator.comparingLong(Span::from));
    int begun = 0;
    for (Span moment : moments) {
      while (begun < lasting.size() && lasting.get(begun).from() < moment.from()) {
        begun++;
      }
      if (begun > 0 && lasting.get(begun - 1).to() > moment.to()) {
        return true;
      }
    }
    return false;
  }
}
