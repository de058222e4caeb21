package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The small tables of a mirror. */
final class MirrorTablesTest {

  private static final KeyRef A = key("a");
  private static final KeyRef B = key("b");

  @Test
  void aWatchSeesWritesThatBeginMeanwhile() {
    WritesUnderWay writes = new WritesUnderWay();
    long quiet = writes.watch(A);
    assertThat(writes.leave(A, quiet)).isTrue();

    long begun = writes.watch(A);
    writes.begin(A);
    writes.end(A);
    assertThat(writes.leave(A, begun)).isFalse();

    writes.begin(A);
    assertThat(writes.watch(A)).isEqualTo(-1);
    assertThat(writes.watch(B)).isNotEqualTo(-1);
    writes.end(A);
    assertThat(writes.leave(B, 0)).isTrue();
    assertThat(writes.size()).as("nothing is held that is not under way").isZero();
  }

  @Test
  void aWatchSeesWritesOfAllKeys() {
    WritesUnderWay writes = new WritesUnderWay();
    writes.beginAll();
    assertThat(writes.watch(A)).isEqualTo(-1);
    writes.endAll();

    long begun = writes.watch(A);
    assertThat(begun).isNotEqualTo(-1);
    writes.beginAll();
    writes.endAll();
    assertThat(writes.leave(A, begun)).isFalse();
  }

  @Test
  void aMapIsUnsureWhenMoreKeysAreOutOfStepThanAreRemembered() {
    OutOfStep out = new OutOfStep(2);
    out.mark(A);
    out.mark(B);
    out.mark(A);
    assertThat(out.keys()).isEqualTo(2);
    assertThat(out.contains(key("c"))).isFalse();

    out.mark(key("c"));
    assertThat(out.unsure()).containsExactly("orders");
    assertThat(out.contains(key("d"))).isTrue();
    assertThat(out.contains(new KeyRef("stock", new byte[] {1}))).isFalse();
    assertThat(out.keys()).isZero();

    out.fill();
    assertThat(out.contains(A)).as("while it is filled").isTrue();
    out.mark(B);
    out.filled(true);
    assertThat(out.contains(A)).isFalse();
    assertThat(out.contains(B)).as("marked meanwhile").isTrue();
    assertThat(repairedNext(out)).isEqualTo(B);
    out.mark(A);
    assertThat(repairedNext(out)).isEqualTo(A);
    assertThat(out.next()).isNull();
  }

  /**
   * A write that begins when the copy is done, and is dropped, marks the key before that clears it.
   */
  @Test
  void aKeyThatIsMarkedWhileItIsCopiedAnewStaysOutOfStep() {
    OutOfStep out = new OutOfStep(2);
    out.mark(A);
    OutOfStep.Marked copied = Objects.requireNonNull(out.next());

    out.mark(A);
    out.clear(copied);

    assertThat(out.contains(A)).isTrue();
    assertThat(repairedNext(out)).isEqualTo(A);
    assertThat(out.contains(A)).isFalse();
  }

  private static KeyRef repairedNext(OutOfStep out) {
    OutOfStep.Marked next = Objects.requireNonNull(out.next());
    out.clear(next);
    return next.key();
  }

  @Test
  void theFirstPairsOfTimesDoNotCountAndTheLastOnesAreKept() {
    LatencyPairs pairs = new LatencyPairs(3, 2);
    for (int time = 1; time <= 2; time++) {
      pairs.add(time, 10L * time);
    }
    assertThat(pairs.pairs().count()).isZero();
    for (int time = 3; time <= 7; time++) {
      pairs.add(time, 10L * time);
    }

    assertThat(pairs.pairs().production()).containsExactlyInAnyOrder(5, 6, 7);
    assertThat(pairs.pairs().canary()).containsExactlyInAnyOrder(50, 60, 70);
  }

  @Test
  void roomIsBoundedByOperationsAndBytes() {
    Room room = new Room(2, 100);
    assertThat(room.take(60)).isTrue();
    assertThat(room.take(60)).isFalse();
    assertThat(room.take(40)).isTrue();
    assertThat(room.take(0)).isFalse();
    room.give(60);
    assertThat(room.take(60)).isTrue();
    assertThat(room.operations()).isEqualTo(2);
  }

  @Test
  void tagsTravelWithTheNameOfTheMapWhateverThatIs() {
    for (String map : new String[] {"orders", "\0odd", "\0", "a\0b"}) {
      for (String tag : new String[] {"", "beta"}) {
        assertThat(Tag.of(Tag.marked(map, tag))).isEqualTo(new Tag(map, tag));
      }
    }
    assertThat(Tag.marked("orders", "")).isSameAs("orders");
    assertThatThrownBy(() -> Tag.marked("orders", "a\0"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesAreShownInPrintableAsciiOfBoundedLength() {
    assertThat(Printable.of(new byte[] {'a', 0, (byte) 0xff, '\\'}, 80))
        .isEqualTo("a\\x00\\xff\\x5c");
    assertThat(Printable.of(new byte[10_000], 80)).hasSizeLessThan(110).endsWith("(10000 bytes)");
  }

  @Test
  void settingsNameTheKeyThatIsWrong() {
    assertThatThrownBy(() -> SampleMirrorSettings.of("mode = sometimes"))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.client.mirror.mode");
    assertThatThrownBy(() -> SampleMirrorSettings.of("dye.percent = 101"))
        .hasMessageContaining("grid.client.mirror.dye.percent");
    assertThatThrownBy(() -> SampleMirrorSettings.of("dye.operations = [fetch]"))
        .hasMessageContaining("grid.client.mirror.dye.operations");
    assertThatThrownBy(() -> SampleMirrorSettings.of("judge.self-test.share = 0"))
        .hasMessageContaining("grid.client.mirror.judge.self-test.share");
    assertThatThrownBy(() -> SampleMirrorSettings.of("judge.probes.share = 0"))
        .hasMessageContaining("grid.client.mirror.judge.probes.share");
    assertThatThrownBy(() -> SampleMirrorSettings.of("judge.probes.per-second-max = 0"))
        .hasMessageContaining("grid.client.mirror.judge.probes.per-second-max");
    assertThatThrownBy(() -> SampleMirrorSettings.of("verdict.latency.ratio-max = 2"))
        .hasMessageContaining("grid.client.mirror.verdict.latency.ratio-max");
    assertThatThrownBy(() -> SampleMirrorSettings.of("vedict {}"))
        .hasMessageContaining("grid.client.mirror.vedict");
  }

  private static KeyRef key(String text) {
    return new KeyRef("orders", MemoryCluster.bytes(text));
  }
}
