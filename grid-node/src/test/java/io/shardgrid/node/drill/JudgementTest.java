package io.shardgrid.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.history.Bytes;
import io.shardgrid.history.EntryInput;
import io.shardgrid.history.EntryOutput;
import io.shardgrid.history.HistoryRecorder;
import org.junit.jupiter.api.Test;

final class JudgementTest {

  private static final Bytes KEY = Bytes.of("key");

  private final HistoryRecorder<EntryInput, EntryOutput> recorder = new HistoryRecorder<>();

  @Test
  void holdsWhereEveryAnswerIsRight() {
    write("1");
    read(new EntryOutput.Found(Bytes.of("1"), 4));

    Judgement judgement = Judgement.of(recorder.histories());
    assertThat(judgement.holds()).isTrue();
    assertThat(judgement.keys()).isEqualTo(1);
    assertThat(judgement.operations()).isEqualTo(2);
    assertThat(judgement.line()).contains(": 0 keys with a lost write");
  }

  @Test
  void findsALostWrite() {
    write("1");
    write("2");
    read(new EntryOutput.Found(Bytes.of("1"), 4));

    Judgement judgement = Judgement.of(recorder.histories());
    assertThat(judgement.holds()).isFalse();
    assertThat(judgement.wrong()).hasSize(1).first().asString().contains("Not linearizable");
  }

  @Test
  void findsAnEntryThatIsGone() {
    write("1");
    read(new EntryOutput.Absent());

    assertThat(Judgement.of(recorder.histories()).holds()).isFalse();
  }

  @Test
  void allowsEitherAfterAnUnknownWrite() {
    write("1");
    recorder.unknown(recorder.invoked("map", KEY, 0, new EntryInput.Put(Bytes.of("2"))));
    read(new EntryOutput.Found(Bytes.of("1"), 4));
    read(new EntryOutput.Found(Bytes.of("2"), 5));

    assertThat(Judgement.of(recorder.histories()).holds()).isTrue();
  }

  private void write(String value) {
    var ticket = recorder.invoked("map", KEY, 0, new EntryInput.Put(Bytes.of(value)));
    recorder.answered(ticket, new EntryOutput.Stored(true, EntryOutput.UNTOLD, null));
  }

  private void read(EntryOutput output) {
    recorder.answered(recorder.invoked("map", KEY, 0, new EntryInput.Get()), output);
  }
}
