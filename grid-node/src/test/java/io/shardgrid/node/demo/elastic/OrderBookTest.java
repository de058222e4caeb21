package io.shardgrid.node.demo.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.ScalingPage;
import io.shardgrid.node.cli.ScalingPage.Decision;
import io.shardgrid.node.cli.ScalingPage.Note;
import io.shardgrid.node.cli.ScalingPage.Order;
import io.shardgrid.node.demo.report.Change;
import io.shardgrid.node.demo.report.Change.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OrderBookTest {

  private static final Instant BEGAN = Instant.parse("2026-03-01T08:30:00Z");

  private final OrderBook book = new OrderBook(BEGAN);
  private long copied;

  private void see(double at, long copiedBytes, boolean isAtRest, @Nullable ScalingPage page) {
    book.see(new Sighting(after(at), 3, copiedBytes, isAtRest, page), copied);
    copied = copiedBytes;
  }

  private static Instant after(double seconds) {
    return BEGAN.plusMillis((long) (seconds * 1_000));
  }

  private static ScalingPage page(
      @Nullable Order order, List<Decision> decisions, List<Note> notes) {
    return new ScalingPage("a", "act", true, 3, order, decisions, notes);
  }

  private static Order growth(long number, double at) {
    return new Order(number, "coming", "", 3, 5, null, after(at).toString());
  }

  private static Decision decision(double at, int change) {
    return new Decision(after(at).toString(), 3, change, 5, List.of(), List.of(), List.of());
  }

  private static Note note(double at, String text) {
    return new Note(after(at).toString(), text);
  }

  @Test
  void followsAnOrderUntilAllIsAtRest() {
    see(10, 100, true, page(null, List.of(), List.of()));
    see(11, 100, true, page(growth(1, 10.5), List.of(decision(10.5, 2)), List.of()));
    assertThat(book.isBusy()).isTrue();
    Note done = note(14.5, "Done: order=1; Nodes have come: nodes=5");
    see(15, 300, false, page(null, List.of(decision(15, 0)), List.of(done)));
    see(20, 900, true, page(null, List.of(), List.of(done)));
    see(30, 950, true, page(null, List.of(), List.of(done)));

    Change change = book.changes().get(0);
    assertThat(change.at()).isEqualTo(10.5);
    assertThat(change.isGrowth()).isTrue();
    assertThat(change.grounds()).isEqualTo(decision(10.5, 2));
    assertThat(change.outcome())
        .isEqualTo(new Change.Outcome(State.DONE, 4, 9.5, 800, "Nodes have come: nodes=5"));
    assertThat(book.isBusy()).isFalse();
  }

  @Test
  void remembersWhatANodeSaidThatHasGone() {
    see(11, 0, true, page(growth(1, 10.5), List.of(decision(10.5, 2)), List.of()));
    see(12, 0, true, null);
    see(13, 0, true, page(null, List.of(), List.of(note(12.5, "Given up: order=1; too late"))));

    Change change = book.changes().get(0);
    assertThat(change.grounds()).isNotNull();
    assertThat(change.outcome().state()).isEqualTo(State.GIVEN_UP);
    assertThat(change.outcome().text()).isEqualTo("too late");
  }

  @Test
  void countsBytesForTheLastOrderOnly() {
    Order removal = new Order(2, "draining", "", 5, 4, "b", after(30).toString());
    Note done = note(14, "Done: order=1; Nodes have come: nodes=5");
    see(11, 10, true, page(growth(1, 10.5), List.of(), List.of()));
    see(15, 60, false, page(null, List.of(), List.of(done)));
    see(31, 70, false, page(removal, List.of(), List.of(done)));
    see(40, 100, false, page(removal, List.of(), List.of(done)));

    List<Change> changes = book.changes();
    assertThat(changes).extracting(Change::leaving).containsExactly("", "b");
    assertThat(changes).extracting(one -> one.outcome().copiedBytes()).containsExactly(60L, 40L);
    assertThat(changes.get(0).outcome().restSeconds()).isNegative();
    assertThat(changes.get(1).outcome())
        .isEqualTo(new Change.Outcome(State.UNDER_WAY, -1, -1, 40, ""));
  }

  @Test
  void isNotMisledByNotesOfAnotherKind() {
    see(
        11,
        0,
        true,
        page(growth(1, 10.5), List.of(), List.of(note(9, "2 nodes are to come: order=1"))));
    see(12, 0, true, page(growth(1, 10.5), List.of(), List.of(note(9, "Done: order=7; other"))));
    assertThat(book.changes()).hasSize(1);
    assertThat(book.changes().get(0).outcome().state()).isEqualTo(State.UNDER_WAY);
  }
}
