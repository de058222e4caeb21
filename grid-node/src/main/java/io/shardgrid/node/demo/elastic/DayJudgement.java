package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.demo.report.DayFacts;
import java.util.ArrayList;
import java.util.List;

/** Says whether a day went as it should. Stateless. */
final class DayJudgement {

  private DayJudgement() {}

  /**
   * What is wrong, in words; empty if nothing is.
   *
   * @param path nodes at the beginning, the most, and those at the end
   */
  static List<String> flaws(
      DayFacts.Setup setup, List<Integer> path, DayFacts.Totals totals, DayFacts.Audit audit) {
    List<String> flaws = new ArrayList<>();
    if (path.isEmpty()) {
      return List.of("nobody saw how many nodes there were");
    }
    if (path.get(1) < setup.nodesMax()) {
      flaws.add(
          "the grid did not grow to %d nodes: most=%d; the decisions and the nodes' logs say why"
              .formatted(setup.nodesMax(), path.get(1)));
    }
    if (path.get(2) != setup.nodesMin()) {
      flaws.add(
          "the grid did not shrink to %d nodes again: nodes=%d; the decisions and the nodes' logs"
                  .formatted(setup.nodesMin(), path.get(2))
              + " say why");
    }
    if (totals.operations() == 0) {
      flaws.add("no operation was carried out");
    }
    if (totals.failed() > 0) {
      flaws.add("operations failed: %d %s".formatted(totals.failed(), totals.failures()));
    }
    if (audit.wrong() > 0) {
      flaws.add(
          "data is not as it was written: wrong=%d, examples=%s"
              .formatted(audit.wrong(), audit.examples()));
    }
    return flaws;
  }
}
