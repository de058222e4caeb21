package io.shardgrid.autoscale;

import io.shardgrid.autoscale.AutoscaleReport.Made;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last decisions of one incarnation: one that is as the one before it, for the same reasons,
 * takes its place and counts it. Not thread-safe.
 */
final class DecisionLog {

  private static final int ENTRIES_MAX = 128;

  /** Of all entries together: with many nodes there are fewer entries. */
  private static final int READINGS_MAX = 20_000;

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
    int readings = entries.stream().mapToInt(entry -> entry.inputs().size()).sum();
    while (entries.size() > ENTRIES_MAX || (entries.size() > 1 && readings > READINGS_MAX)) {
      readings -= entries.removeFirst().inputs().size();
    }
  }

  /** How many decisions were made. */
  Made made() {
    return made;
  }

  /** The last ones, the latest first. */
  List<DecisionReport> last(int count) {
    List<DecisionReport> last = new ArrayList<>();
    var latest = entries.descendingIterator();
    while (latest.hasNext() && last.size() < count) {
      last.add(latest.next());
    }
    return last;
  }
}
