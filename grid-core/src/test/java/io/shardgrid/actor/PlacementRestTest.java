package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlacementRestTest {

  private final PlacementRest rest = new PlacementRest(10);

  @Test
  void isThereAfterAWhileWithoutChange() {
    assertThat(rest.isAtRest(7, -5)).isFalse();
    assertThat(rest.isAtRest(7, 4)).isFalse();
    assertThat(rest.isAtRest(7, 5)).isTrue();
    assertThat(rest.isAtRest(7, 100)).isTrue();
  }

  @Test
  void beginsAnewWithEachChange() {
    rest.isAtRest(7, 0);
    assertThat(rest.isAtRest(8, 10)).isFalse();
    assertThat(rest.isAtRest(8, 19)).isFalse();
    assertThat(rest.isAtRest(8, 20)).isTrue();
  }
}
