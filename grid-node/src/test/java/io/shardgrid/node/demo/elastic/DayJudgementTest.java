package io.shardgrid.node.demo.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.demo.report.DayFacts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DayJudgementTest {

  private static final DayFacts.Setup SETUP =
      new DayFacts.Setup(3, 5, 800, 900, 3_800, Duration.ofMinutes(3), "", List.of());

  private static List<String> flaws(List<Integer> path, long operations, long failed, long wrong) {
    return DayJudgement.flaws(
        SETUP,
        path,
        new DayFacts.Totals(operations, failed, "Odd: 2", new DayFacts.Latency(1, 2, 3, 4), 0),
        new DayFacts.Audit(10, 5, 7, 3, wrong, List.of("town=1, LostWrite")));
  }

  @Test
  void findsNothingWrongWithADayAsItShouldBe() {
    assertThat(flaws(List.of(3, 5, 3), 100, 0, 0)).isEmpty();
  }

  @Test
  void demandsThatTheGridGrowsAndShrinks() {
    assertThat(flaws(List.of(3, 4, 3), 100, 0, 0))
        .containsExactly(
            "the grid did not grow to 5 nodes: most=4; the decisions and the nodes' logs say why");
    assertThat(flaws(List.of(3, 5, 4), 100, 0, 0))
        .containsExactly(
            "the grid did not shrink to 3 nodes again: nodes=4; the decisions and the nodes' logs"
                + " say why");
    assertThat(flaws(List.of(), 100, 0, 0)).isNotEmpty();
  }

  @Test
  void acceptsNoFailureAndNoLoss() {
    assertThat(flaws(List.of(3, 5, 3), 100, 2, 1))
        .containsExactly(
            "operations failed: 2 Odd: 2",
            "data is not as it was written: wrong=1, examples=[town=1, LostWrite]");
    assertThat(flaws(List.of(3, 5, 3), 0, 0, 0)).containsExactly("no operation was carried out");
  }
}
