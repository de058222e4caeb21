package io.shardgrid.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.SeededHash;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the filter says of keys that were added, and of others. */
final class BlockedFilterTest {

  private static final int KEYS = 100_000;

  private final byte[][] blocks =
      new byte[BlockedFilter.blocksFor(KEYS)][BlockedFilter.BLOCK_BYTES];

  private static long hash(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return SeededHash.hash(4711, bytes, 0, bytes.length);
  }

  private boolean has(String key) {
    long hash = hash(key);
    return BlockedFilter.has(blocks[BlockedFilter.blockOf(hash, blocks.length)], hash);
  }

  private void add(String key) {
    long hash = hash(key);
    BlockedFilter.add(blocks[BlockedFilter.blockOf(hash, blocks.length)], hash);
  }

  @Test
  void hasEveryKeyThatWasAddedAndFewOthers() {
    for (int number = 0; number < KEYS; number++) {
      add("city-" + number);
    }
    int wrong = 0;
    for (int number = 0; number < KEYS; number++) {
      assertThat(has("city-" + number)).isTrue();
      wrong += has("town-" + number) ? 1 : 0;
    }
    double rate = wrong / (double) KEYS;
    System.out.printf("false positives of the filter: %.4f %%%n", 100 * rate);
    assertThat(rate).isBetween(0.0001, 0.004);
  }

  @Test
  void tellsWhetherBitsAreNew() {
    byte[] block = new byte[BlockedFilter.BLOCK_BYTES];
    assertThat(BlockedFilter.has(block, 1)).isFalse();
    assertThat(BlockedFilter.add(block, 1)).isTrue();
    assertThat(BlockedFilter.add(block, 1)).isFalse();
    assertThat(BlockedFilter.has(block, 1)).isTrue();
  }

  @Test
  void spreadsKeysOverAllBlocks() {
    boolean[] used = new boolean[64];
    for (int number = 0; number < 2_000; number++) {
      used[BlockedFilter.blockOf(hash("k" + number), used.length)] = true;
    }
    assertThat(used).doesNotContain(false);
  }
}
