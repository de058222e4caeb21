package io.shardgrid.history;

import static io.shardgrid.history.Draft.absent;
import static io.shardgrid.history.Draft.add;
import static io.shardgrid.history.Draft.done;
import static io.shardgrid.history.Draft.found;
import static io.shardgrid.history.Draft.get;
import static io.shardgrid.history.Draft.notDone;
import static io.shardgrid.history.Draft.put;
import static io.shardgrid.history.Draft.remove;
import static io.shardgrid.history.Draft.sum;
import static io.shardgrid.history.Draft.valueIs;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EntryModelTest {

  private static final EntryState NONE = EntryState.NEVER_WRITTEN;
  private static final EntryState A7 = state("a", Versions.exactly(7));
  private static final EntryState A_FROM_7 = state("a", Versions.atLeast(7));

  private final EntryModel model = new EntryModel();

  @Test
  void leavesOutUnknownOperationsThatWouldChangeNothing() {
    assertThat(model.step(A7, get(), null)).isNull();
    assertThat(model.step(NONE, remove(), null)).isNull();
    assertThat(model.step(A7, put("b", EntryCondition.ABSENT), null)).isNull();
    assertThat(model.step(A7, put("b", EntryCondition.versionIs(8)), null)).isNull();
    assertThat(model.step(A7, remove(valueIs("b")), null)).isNull();
    assertThat(model.step(A7, add(1), null)).isNull();
  }

  @Test
  void givesUnknownWritesTheNextVersions() {
    assertThat(model.step(A7, put("b"), null)).isEqualTo(state("b", Versions.atLeast(8)));
    assertThat(model.step(A7, remove(valueIs("a")), null))
        .isEqualTo(new EntryState(null, Versions.atLeast(8)));
    assertThat(model.step(NONE, add(-3), null)).isEqualTo(state("-3", Versions.atLeast(1)));
    assertThat(model.step(A_FROM_7, put("b", EntryCondition.versionIs(9)), null))
        .isEqualTo(state("b", Versions.atLeast(10)));
  }

  @Test
  void narrowsDownByWhatIsTold() {
    assertThat(model.step(A_FROM_7, get(), found("a", 9)))
        .isEqualTo(state("a", Versions.exactly(9)));
    assertThat(model.step(A_FROM_7, get(), found("a"))).isEqualTo(A_FROM_7);
    assertThat(model.step(A_FROM_7, get(), new EntryOutput.Found(null, 9)))
        .isEqualTo(state("a", Versions.exactly(9)));
    assertThat(model.step(A_FROM_7, put("b", valueIs("x")), notDone(9)))
        .isEqualTo(state("a", Versions.exactly(9)));
    assertThat(model.step(A_FROM_7, put("b", EntryCondition.versionIs(9)), done(11)))
        .isEqualTo(state("b", Versions.exactly(11)));
    assertThat(model.step(A_FROM_7, put("b", EntryCondition.versionIs(9)), done(9))).isNull();
    assertThat(model.step(A_FROM_7, put("b", EntryCondition.versionIs(9)), notDone(9))).isNull();
  }

  @Test
  void tellsVersionZeroOfAnAbsentEntryAlone() {
    assertThat(model.step(NONE, remove(), notDone(0))).isEqualTo(NONE);
    assertThat(model.step(NONE, remove(), notDone(1))).isNull();
    assertThat(model.step(NONE, put("b", EntryCondition.PRESENT), notDone(0))).isEqualTo(NONE);
    assertThat(model.step(A_FROM_7, put("b", EntryCondition.ABSENT), notDone(0))).isNull();
    assertThat(model.step(NONE, put("b"), done(0))).isNull();
  }

  @Test
  void addsWithin64Bits() {
    EntryState most = state(Long.toString(Long.MAX_VALUE), Versions.exactly(1));
    assertThat(model.step(most, add(1), new EntryOutput.NotANumber())).isEqualTo(most);
    assertThat(model.step(most, add(1), sum(Long.MIN_VALUE))).isNull();
    assertThat(model.step(most, add(0), sum(Long.MAX_VALUE)))
        .isEqualTo(state(Long.toString(Long.MAX_VALUE), Versions.atLeast(2)));
    assertThat(model.step(most, add(-1), new EntryOutput.NotANumber())).isNull();
    assertThat(model.step(A7, add(1), new EntryOutput.NotANumber())).isEqualTo(A7);
  }

  @Test
  void coversWhatLeavesLessOpen() {
    assertThat(model.covers(A_FROM_7, A7)).isTrue();
    assertThat(model.covers(A7, A_FROM_7)).isFalse();
    assertThat(model.covers(A_FROM_7, state("b", Versions.exactly(7)))).isFalse();
    assertThat(model.mark(A_FROM_7)).isEqualTo(model.mark(A7)).isNotEqualTo(model.mark(NONE));
  }

  @Test
  void readsWithEveryAnswerThatIsNoWrite() {
    assertThat(model.isReadOnly(get(), absent())).isTrue();
    assertThat(model.isReadOnly(get(), found("a"))).isTrue();
    assertThat(model.isReadOnly(put("a"), notDone())).isTrue();
    assertThat(model.isReadOnly(add(1), new EntryOutput.NotANumber())).isTrue();
    assertThat(model.isReadOnly(add(0), sum(0))).isFalse();
    assertThat(model.isReadOnly(remove(), done())).isFalse();
  }

  private static EntryState state(String value, Versions versions) {
    return new EntryState(Bytes.of(value), versions);
  }
}
