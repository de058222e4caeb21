package io.shardgrid.history;

import static io.shardgrid.history.Draft.absent;
import static io.shardgrid.history.Draft.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class KeyHistoryTest {

  @Test
  void bringsOperationsIntoTheOrderOfTheirInvocations() {
    Draft draft = new Draft().answered(1, 5, 6, get(), absent()).answered(1, 1, 9, get(), absent());
    assertThat(draft.history().operations())
        .extracting(RecordedOperation::invoked)
        .containsExactly(1L, 5L);
  }

  @Test
  void refusesTwoEventsAtOneTime() {
    Draft sameInvocation = new Draft().answered(1, 1, 2, get(), absent()).unknown(2, 1, get());
    assertThatThrownBy(sameInvocation::history)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Two events have the same time: map=m, key='k', operation=");
    Draft endIsInvocation =
        new Draft().answered(1, 1, 2, get(), absent()).answered(2, 2, 3, get(), absent());
    assertThatThrownBy(endIsInvocation::history).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnOperationThatEndsBeforeItBegins() {
    Draft draft = new Draft();
    assertThatThrownBy(() -> draft.answered(1, 2, 2, get(), absent()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> draft.answered(1, 2, RecordedOperation.NEVER, get(), absent()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new RecordedOperation<>(1, get(), new Outcome.Unknown<EntryOutput>(), 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
