package io.shardgrid.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.history.RandomCourse.Shape;
import io.shardgrid.history.RandomCourse.Workload;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class SearchPropertyTest {

  /** Whoever believes nothing of what a search leaves out can follow the order that it found. */
  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void findsAnOrderThatCanBeFollowed(
      @ForAll long seed,
      @ForAll Workload workload,
      @ForAll @IntRange(min = 1, max = 12) int clients,
      @ForAll @IntRange(min = 0, max = 100) int toldPercent,
      @ForAll @IntRange(min = 0, max = 10) int openPercent) {
    Shape shape = new Shape(workload, clients, 150, 0, toldPercent, openPercent);
    List<RecordedOperation<EntryInput, EntryOutput>> history =
        RandomCourse.run(seed, shape).operations();
    EntryModel model = new EntryModel();
    Search<EntryState, EntryInput, EntryOutput> search =
        new Search<>(model, model.foresight(history), new Roster<>(history), 1_000_000);
    assertThat(search.run()).isEqualTo(Verdict.LINEARIZABLE);
    follow(model, search.longest());
    assertThat(search.longest())
        .doesNotHaveDuplicates()
        .containsAll(history.stream().filter(RecordedOperation::isAnswered).toList())
        .allMatch(new HashSet<>(history)::contains);
  }

  private static void follow(
      EntryModel model, List<RecordedOperation<EntryInput, EntryOutput>> order) {
    EntryState state = model.initial();
    long lastInvocation = Long.MIN_VALUE;
    for (RecordedOperation<EntryInput, EntryOutput> next : order) {
      assertThat(next.completed())
          .as("after what began later: %s", next)
          .isGreaterThan(lastInvocation);
      lastInvocation = Math.max(lastInvocation, next.invoked());
      state = requireNonNull(model.step(state, next.input(), next.output()));
    }
  }
}
