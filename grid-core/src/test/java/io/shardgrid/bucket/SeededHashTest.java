package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeededHashTest {

  private static final long[] PUBLISHED_SECRET = {
    0x2d358dccaa6c78a5L, 0x8bb84b93962eacc9L, 0x4b33a62ed433d4a3L, 0x4d5a2da51de1aa47L
  };

  @Test
  void agreesWithThePublishedVectors() {
    assertThat(published(0, "")).isEqualTo(0x93228a4de0eec5a2L);
    assertThat(published(1, "a")).isEqualTo(0xc5bac3db178713c4L);
    assertThat(published(2, "abc")).isEqualTo(0xa97f2f7b1d9b3314L);
    assertThat(published(3, "message digest")).isEqualTo(0x786d1f1df3801df4L);
    assertThat(published(4, "abcdefghijklmnopqrstuvwxyz")).isEqualTo(0xdca5a8138ad37c87L);
    assertThat(published(5, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
        .isEqualTo(0xb9e734f117cfaf70L);
    assertThat(published(6, "1234567890".repeat(8))).isEqualTo(0x6cc5eab49a92d617L);
  }

  @Test
  void agreesWithTheReferenceCodeForEveryLengthTo255() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7 + 1);
    }
    long folded = 0;
    for (int length = 0; length < 256; length++) {
      folded = Long.rotateLeft(folded, 1) ^ publishedHash(length).of(bytes, 0, length);
    }
    // Computed with wyhash.h of version 4.2, compiled with gcc 12.
    assertThat(folded).isEqualTo(0xcfad06215fe18e49L);
  }

  @Test
  void dependsOnTheBytesAndNotOnTheirPlace() {
    byte[] key = TestKeys.random(1, 100);
    for (int length = 0; length <= 90; length++) {
      byte[] moved = new byte[128];
      System.arraycopy(key, 0, moved, 13, length);
      assertThat(SeededHash.hash(7, moved, 13, length))
          .isEqualTo(SeededHash.hash(7, key, 0, length));
    }
  }

  @Test
  void differsBySeed() {
    Set<Long> hashes = new HashSet<>();
    for (long seed = 0; seed < 1_000; seed++) {
      hashes.add(SeededHash.hash(seed, TestKeys.key(1), 0, 16));
    }
    assertThat(hashes).hasSize(1_000);
  }

  @Test
  void isNotFloodedByKeysThatMultiplyToZero() {
    Set<Long> published = new HashSet<>();
    Set<Long> seeded = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] key = new byte[16];
      // The first factor of a 16-byte key, as the function assembles it, is the secret itself.
      Layout.putInt(key, 0, (int) (PUBLISHED_SECRET[1] >>> 32));
      Layout.putInt(key, 8, (int) PUBLISHED_SECRET[1]);
      Layout.putInt(key, 4, i);
      published.add(publishedHash(42).of(key, 0, 16));
      seeded.add(SeededHash.hash(42, key, 0, 16));
    }
    assertThat(published).hasSize(1);
    assertThat(seeded).hasSize(1_000);
  }

  @Test
  void spreadsLowAndHighBitsEvenly() {
    int[] low = new int[256];
    int[] high = new int[256];
    for (int i = 0; i < 256 * 1_000; i++) {
      long hash = SeededHash.hash(3, TestKeys.key(i), 0, 16);
      low[(int) hash & 255]++;
      high[(int) (hash >>> 56)]++;
    }
    // Six standard deviations around 1,000.
    assertThat(Arrays.stream(low)).allMatch(count -> Math.abs(count - 1_000) < 190);
    assertThat(Arrays.stream(high)).allMatch(count -> Math.abs(count - 1_000) < 190);
  }

  @Test
  void refusesARangeOutsideOfTheKey() {
    assertThatThrownBy(() -> SeededHash.hash(0, new byte[8], 4, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static long published(long seed, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return publishedHash(seed).of(bytes, 0, bytes.length);
  }

  private static SeededHash publishedHash(long seed) {
    return new SeededHash(
        seed, PUBLISHED_SECRET[0], PUBLISHED_SECRET[1], PUBLISHED_SECRET[2], PUBLISHED_SECRET[3]);
  }
}
