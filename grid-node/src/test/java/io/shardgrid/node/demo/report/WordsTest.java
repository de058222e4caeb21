package io.shardgrid.node.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.ScalingPage;
import io.shardgrid.node.cli.ScalingPage.Decision;
import io.shardgrid.node.demo.report.Change.Outcome;
import io.shardgrid.node.demo.report.Change.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WordsTest {

  private static Change change(int nodes, @Nullable Double reported, @Nullable Integer proposed) {
    Decision grounds =
        new Decision(
            "2026-03-01T08:30:00Z",
            nodes,
            1,
            5,
            List.of(
                new ScalingPage.Metric(
                    "operations", "average", 800, reported, proposed, "A reading is missing")),
            List.of(),
            List.of());
    return new Change(3, 7, nodes, nodes + 1, "", grounds, Outcome.NONE);
  }

  @Test
  void countsOnlyNodesThatTheArithmeticCounted() {
    assertThat(Words.why(change(4, 1_306.0, 5)))
        .endsWith(
            "3 \u00d7 1,306 \u00f7 800 = 4.90, so 5 nodes. One that has just come does not count yet.");
  }

  @Test
  void claimsNoArithmeticThatDoesNotComeOut() {
    assertThat(Words.why(change(3, 100.0, 5))).endsWith("wanted: that asks for 5 nodes.");
  }

  @Test
  void saysWhichMetricCouldNotBeRead() {
    assertThat(Words.why(change(3, null, null)))
        .isEqualTo("operations could not be read: A reading is missing.");
    assertThat(Words.proposals(change(3, null, null))).isEqualTo("operations: none");
  }

  @Test
  void saysThatADecisionWasNotSeen() {
    Change unseen = new Change(3, 7, 3, 4, "", null, Outcome.NONE);
    assertThat(Words.why(unseen)).isEqualTo("The decision was not seen.");
    assertThat(Words.readings(unseen)).isEmpty();
    assertThat(Words.took(unseen)).containsExactly("was under way at the end");
  }

  @Test
  void saysWhyAnOrderWasGivenUp() {
    Outcome outcome = new Outcome(State.GIVEN_UP, 90.04, -1, 0, "It was not done in time");
    Change change = new Change(3, 7, 3, 4, "", null, outcome);
    assertThat(Words.took(change))
        .containsExactly("given up after 90.0 s", "It was not done in time");
  }

  @Test
  void roundsNoShareUpToAllOfIt() {
    assertThat(Words.verified(new DayFacts.Audit(1_000_000, 0, 0, 0, 1, List.of())))
        .isEqualTo("99.99 %");
    assertThat(Words.verified(new DayFacts.Audit(0, 0, 0, 0, 0, List.of()))).isEqualTo("0.00 %");
  }
}
