package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeClassesTest {

  @Test
  void giveTheShortestBlockThatHoldsAnEntry() {
    for (int bytes = 0; bytes <= SizeClasses.BLOCK_BYTES_MAX; bytes++) {
      int sizeClass = SizeClasses.of(bytes);
      assertThat(SizeClasses.bytes(sizeClass)).isGreaterThanOrEqualTo(bytes);
      if (sizeClass > 0) {
        assertThat(SizeClasses.bytes(sizeClass - 1)).isLessThan(bytes);
      }
    }
  }

  @Test
  void wasteASixteenthOrThreeBytes() {
    for (int bytes = 9; bytes <= SizeClasses.BLOCK_BYTES_MAX; bytes++) {
      int block = SizeClasses.bytes(SizeClasses.of(bytes));
      assertThat(block % Layout.BLOCK_ALIGNMENT).isZero();
      assertThat(block - bytes).isLessThanOrEqualTo(Math.max(3, block / 16));
    }
  }

  @Test
  void fitInTheByteOfAFreeBlock() {
    assertThat(SizeClasses.of(SizeClasses.BLOCK_BYTES_MAX)).isLessThan(256);
    assertThat(SizeClasses.BLOCK_BYTES_MIN)
        .isGreaterThanOrEqualTo(Layout.FREE_PREVIOUS_OFFSET + Layout.FREE_PREVIOUS_SIZE)
        .isGreaterThanOrEqualTo(Layout.NARROW_HEADER_BYTES);
  }

  @Test
  void holdTheLongestEntryThatStandsInAPage() {
    int flags = Layout.WIDE | Layout.EXPIRY | Layout.USAGE;
    int size = EntryBytes.size(flags, BucketMap.KEY_BYTES_MAX, EntryBytes.VALUE_IN_PAGE_MAX);
    assertThat(SizeClasses.BLOCK_BYTES_MAX)
        .isGreaterThanOrEqualTo(size)
        .isLessThan(PageStore.PAGE_BYTES_MAX);
  }

  @Test
  void cutAnyRemainderWithoutARest() {
    for (int bytes = SizeClasses.BLOCK_BYTES_MIN; bytes <= 2 * SizeClasses.BLOCK_BYTES_MAX; ) {
      int left = bytes;
      while (left > 0) {
        left -= SizeClasses.bytes(SizeClasses.cutOff(left));
        assertThat(left).isNotNegative().isNotIn(4, 8);
      }
      bytes += Layout.BLOCK_ALIGNMENT;
    }
  }
}
