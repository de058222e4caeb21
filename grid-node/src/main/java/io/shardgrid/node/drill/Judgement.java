package io.shardgrid.node.drill;

import io.shardgrid.history.EntryInput;
import io.shardgrid.history.EntryModel;
import io.shardgrid.history.EntryOutput;
import io.shardgrid.history.Finding;
import io.shardgrid.history.KeyHistory;
import io.shardgrid.history.LinearizabilityChecker;
import io.shardgrid.history.Verdict;
import io.shardgrid.node.cli.Screen;
import java.util.List;

/**
 * Whether all answers of a load were right. Immutable.
 *
 * @param keys keys that were looked at
 * @param operations operations on them
 * @param wrong what is wrong with those keys whose answers no order of operations explains
 * @param undecided keys of which it could not be told
 */
record Judgement(int keys, int operations, List<String> wrong, int undecided) {

  private static final long STEPS_MAX = 2_000_000;

  Judgement {
    wrong = List.copyOf(wrong);
  }

  /** Checks every key by itself. */
  static Judgement of(List<KeyHistory<EntryInput, EntryOutput>> histories) {
    var checker = new LinearizabilityChecker<>(new EntryModel(), STEPS_MAX);
    List<Finding<EntryInput, EntryOutput>> findings =
        histories.stream().map(checker::check).toList();
    return new Judgement(
        histories.size(),
        histories.stream().mapToInt(history -> history.operations().size()).sum(),
        findings.stream()
            .filter(finding -> finding.verdict() == Verdict.NOT_LINEARIZABLE)
            .map(Finding::toString)
            .toList(),
        (int) findings.stream().filter(finding -> finding.verdict() == Verdict.UNDECIDED).count());
  }

  /** Whether every answer was right, and every acknowledged write was there. */
  boolean holds() {
    return wrong.isEmpty() && undecided == 0;
  }

  /** The judgement in a line. */
  String line() {
    return "%s operations on %s keys, every key read at the end: %d keys with a lost write or a wrong answer%s"
        .formatted(
            Screen.grouped(operations),
            Screen.grouped(keys),
            wrong.size(),
            undecided == 0 ? "" : ", " + undecided + " undecided");
  }
}
