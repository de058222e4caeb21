package io.shardgrid.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CapacityShareTest {

  private static final int ALL = 64 << 10;

  private final Capacity capacity = new Capacity(ALL, 1 << 20);
  private final CapacityShare one = new CapacityShare(capacity);
  private final CapacityShare other = new CapacityShare(capacity);

  @Test
  void takesNothingForALittle() {
    assertThat(capacity.take(ALL, 1 << 20)).isTrue();
    assertThat(one.covers(16, 16 << 10)).isTrue();
    assertThat(one.covers(17, 1)).isFalse();
    assertThat(one.covers(1, (16 << 10) + 1)).isFalse();
  }

  @Test
  void sharesOperationsBetweenShards() {
    assertThat(one.covers(16 + ALL, 1)).isTrue();
    assertThat(other.covers(17, 1)).isFalse();
    one.shrink(0, 0);
    assertThat(other.covers(16 + ALL, 1)).isTrue();
    assertThat(other.covers(16 + ALL + 1, 1)).isFalse();
  }

  @Test
  void sharesBytesBetweenShards() {
    assertThat(one.covers(1, (16 << 10) + (1 << 20))).isTrue();
    assertThat(other.covers(1, 17 << 10)).isFalse();
    assertThat(other.covers(17, 1)).as("operations were not taken with the bytes").isTrue();
    one.shrink(0, 0);
    assertThat(other.covers(17, 17 << 10)).isTrue();
  }

  @Test
  void keepsAStepAboveItsNeedAndGivesTheRestBack() {
    assertThat(one.covers(16 + ALL, 1)).isTrue();
    one.shrink(16 + 64, 1);
    assertThat(other.covers(16 + ALL - 64, 1)).as("a step is kept").isFalse();
    assertThat(other.covers(16 + ALL - 128, 1)).isTrue();
    one.shrink(16, 1);
    assertThat(other.covers(16 + ALL, 1)).isTrue();
  }
}
