package io.shardgrid.autoscale;

import io.shardgrid.autoscale.AutoscaleReport.Made;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The last decisions of one incarnation: one that is as the one before it, for the same reasons,
 * takes its place and counts it. Not thread-safe.
 */
final class DecisionLog {

  private static final int ENTRIES_MAX = 128;

  /** Inputs and readings of all entries together: with many nodes there are fewer entries. */
  private static final int WEIGHT_MAX = 20_000;

  private final Deque<DecisionReport> entries = new ArrayDeque<>();
  private Made made = Made.NONE;

  /** Whether it is another one than the one before, or for other reasons. */
  boolean isNews(ScaleDecision decision) {
    return entries.isEmpty() || !entries.getLast().isLike(DecisionReport.of(decision, false));
  }

  /**
   * Notes a decision.
   *
   * @param isHelpless whether it should be carried out and nobody can
   */
  void add(ScaleDecision decision, boolean isHelpless) {
    made = made.and(decision.change());
    DecisionReport next = DecisionReport.of(decision, isHelpless);
    if (!entries.isEmpty() && entries.getLast().isLike(next)) {
      next = next.after(entries.removeLast());
    }
    entries.addLast(next);
    int weight = entries.stream().mapToInt(DecisionReport::weight).sum();
    while (entries.size() > ENTRIES_MAX || (entries.size() > 1 && weight > WEIGHT_MAX)) {
      weight -= entries.removeFirst().weight();
    }
  }

  /** How many decisions were made. */
  Made made() {
    return made;
  }

  /** The last ones, the latest first: fewer if they are heavy, but the last one in any case. */
  List<DecisionReport> last(int count) {
    List<DecisionReport> last = new ArrayList<>();
    Iterator<DecisionReport> latest = entries.descendingIterator();
    int weight = 0;
    while (latest.hasNext() && last.size() < count) {
      DecisionReport next = latest.next();
      weight += next.weight();
      if (!last.isEmpty() && weight > AutoscaleReport.WEIGHT_MAX) {
        break;
      }
      last.add(next);
    }
    return last;
  }
}
