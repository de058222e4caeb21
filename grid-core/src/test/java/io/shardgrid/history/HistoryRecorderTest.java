package io.shardgrid.history;

import static io.shardgrid.history.Draft.absent;
import static io.shardgrid.history.Draft.done;
import static io.shardgrid.history.Draft.get;
import static io.shardgrid.history.Draft.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.history.HistoryRecorder.Ticket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryRecorderTest {

  private final HistoryRecorder<EntryInput, EntryOutput> recorder = new HistoryRecorder<>();

  @Test
  void numbersTheEventsInTheirOrder() {
    Ticket<EntryInput, EntryOutput> first = begin("m", "k", 1, put("a"));
    Ticket<EntryInput, EntryOutput> second = begin("m", "k", 2, get());
    recorder.answered(second, absent());
    recorder.answered(first, done(1));
    assertThat(recorder.histories())
        .containsExactly(
            new KeyHistory<>(
                "m",
                Bytes.of("k"),
                List.of(
                    new RecordedOperation<>(1, put("a"), new Outcome.Answered<>(done(1)), 1, 4),
                    new RecordedOperation<>(2, get(), new Outcome.Answered<>(absent()), 2, 3))));
  }

  @Test
  void keepsMapsAndKeysApart() {
    begin("m", "k", 1, get());
    begin("m", "l", 1, get());
    begin("n", "k", 1, get());
    begin("m", "k", 2, get());
    assertThat(recorder.histories())
        .extracting(history -> history.map() + history.key() + history.operations().size())
        .containsExactly("m'k'2", "m'l'1", "n'k'1");
  }

  @Test
  void callsAnOperationWithoutAnEndUnknown() {
    begin("m", "k", 1, put("a"));
    recorder.unknown(begin("m", "k", 2, put("b")));
    recorder.nothingDone(begin("m", "k", 3, put("c")));
    assertThat(recorder.histories().get(0).operations())
        .extracting(RecordedOperation::outcome)
        .containsExactly(
            new Outcome.Unknown<>(), new Outcome.Unknown<>(), new Outcome.NothingDone<>());
  }

  @Test
  void refusesASecondEnd() {
    Ticket<EntryInput, EntryOutput> ticket = begin("m", "k", 1, put("a"));
    recorder.unknown(ticket);
    assertThatThrownBy(() -> recorder.answered(ticket, done(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("An operation ended twice: ");
  }

  @Test
  void givesWhatTheCheckerTakes() {
    recorder.answered(begin("m", "k", 1, put("a")), done(1));
    recorder.answered(begin("m", "k", 1, get()), absent());
    LinearizabilityChecker<EntryInput, EntryOutput> checker =
        new LinearizabilityChecker<>(new EntryModel(), 1_000);
    assertThat(recorder.histories())
        .extracting(history -> checker.check(history).verdict())
        .containsExactly(Verdict.NOT_LINEARIZABLE);
  }

  private Ticket<EntryInput, EntryOutput> begin(
      String map, String key, long client, EntryInput input) {
    return recorder.invoked(map, Bytes.of(key), client, input);
  }
}
