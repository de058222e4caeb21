package io.shardgrid.history;

import static io.shardgrid.history.Draft.absent;
import static io.shardgrid.history.Draft.done;
import static io.shardgrid.history.Draft.found;
import static io.shardgrid.history.Draft.get;
import static io.shardgrid.history.Draft.put;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExplanationTest {

  @Test
  void tellsWhatHasNoPlaceAndWhatCameBefore() {
    Finding<EntryInput, EntryOutput> finding =
        new Draft()
            .answered(1, 1, 2, put("a"), done(7))
            .unknown(2, 3, put("x"))
            .answered(3, 4, 9, put("b"), done(8))
            .answered(4, 5, 6, get(), found("b", 8))
            .answered(5, 7, 8, get(), found("a", 7))
            .answered(4, 10, 11, get(), found("b", 8))
            .check();
    assertThat(finding)
        .hasToString(
            """
            Not linearizable: map=m, key='k'. No order explains what was answered by time 8.
            The longest order found has 3 operations:
                   1 to 2        client 1    put 'a' -> done v7
                   4 to ...      client 3    put 'b' -> unknown
                   5 to 6        client 4    get -> 'b' v8
            after which the state is: 'b' v8
            No place was found for:
                   7 to 8        client 5    get -> 'a' v7
            Not answered by then, and not needed in that order:
                   3 to ...      client 2    put 'x' -> unknown
            """);
  }

  @Test
  void showsTheEndOfALongOrder() {
    Draft draft = new Draft();
    for (int i = 1; i <= 30; i++) {
      draft.answered(1, 2L * i, 2L * i + 1, put("v" + i), done(i));
    }
    Finding<EntryInput, EntryOutput> finding = draft.answered(2, 70, 71, get(), absent()).check();
    assertThat(requireNonNull(finding.explanation()).placed()).hasSize(30);
    assertThat(finding.toString())
        .contains("(10 earlier ones)\n      22 to 23 ")
        .doesNotContain("'v10'")
        .contains("'v30' v30\nNo place");
  }

  @Test
  void tellsWhatARightHistoryCost() {
    assertThat(new Draft().answered(1, 1, 2, get(), absent()).check())
        .hasToString("LINEARIZABLE: map=m, key='k', operations=1, steps=1");
  }
}
