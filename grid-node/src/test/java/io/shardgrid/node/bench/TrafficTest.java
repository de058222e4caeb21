package io.shardgrid.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrafficTest {

  private static final Subject NOTHING =
      new Subject() {
        @Override
        public CompletionStage<Boolean> get(String key) {
          return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletionStage<?> put(String key, byte[] value) {
          return CompletableFuture.completedFuture(null);
        }
      };

  private static Traffic of(int valueBytes, int readPercent) {
    return new Traffic(NOTHING, new Keys(3), valueBytes, readPercent);
  }

  @Test
  void readsSoManyOfAHundred() {
    SplittableRandom random = new SplittableRandom(1);
    assertThat(IntStream.range(0, 10_000).filter(any -> of(1, 100).isRead(random))).hasSize(10_000);
    assertThat(IntStream.range(0, 10_000).filter(any -> of(1, 0).isRead(random))).isEmpty();
    assertThat(IntStream.range(0, 10_000).filter(any -> of(1, 30).isRead(random)).count())
        .isBetween(2_800L, 3_200L);
  }

  @Test
  void callsAReadWrongThatFindsNothing() {
    Traffic reads = of(1, 100);
    Traffic writes = of(1, 0);
    SplittableRandom random = new SplittableRandom(1);
    long read = reads.draw(random);
    long write = writes.draw(random);
    assertThat(reads.flaw(read, reads.send(read).toCompletableFuture().join()))
        .isEqualTo(Phase.NO_ENTRY);
    assertThat(reads.flaw(read, true)).isEmpty();
    assertThat(writes.flaw(write, writes.send(write).toCompletableFuture().join())).isEmpty();
    assertThat(reads.valueObjectBytes(read)).isZero();
    assertThat(writes.valueObjectBytes(write)).isEqualTo(24);
  }

  @Test
  void knowsTheMemoryOfAValue() {
    assertThat(of(0, 50).valueObjectBytes()).isEqualTo(16);
    assertThat(of(1, 50).valueObjectBytes()).isEqualTo(24);
    assertThat(of(100, 50).valueObjectBytes()).isEqualTo(120);
  }
}
