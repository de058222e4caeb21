package io.shardgrid.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlacedSetTest {

  private final PlacedSet placed = new PlacedSet(300);

  @Test
  void keepsOnlyWhatIsBehindTheFirstThatIsMissing() {
    assertThat(placed.tail(0)).isEmpty();
    for (int number = 0; number < 130; number++) {
      placed.add(number);
    }
    assertThat(placed.tail(130)).containsExactly(0b11);
    placed.remove(100);
    assertThat(placed.size()).isEqualTo(129);
    assertThat(placed.tail(100)).containsExactly(~(1L << 36), 0b11);
    placed.add(299);
    placed.add(100);
    assertThat(placed.tail(130)).containsExactly(0b11, 0, 1L << 43);
  }

  @Test
  void takesAFullWordForDone() {
    for (int number = 0; number < 64; number++) {
      placed.add(number);
    }
    assertThat(placed.tail(64)).isEmpty();
    assertThat(PlacedSet.wordOf(64)).isOne();
  }
}
