package io.shardgrid.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SelectionTest {

  @Test
  void choosesByNumberInTheOrderGiven() {
    assertThat(Selection.of(List.of("8", "1"))).extracting(Drill::number).containsExactly(8, 1);
  }

  @Test
  void choosesEveryDrillOfANumber() {
    assertThat(Selection.of(List.of("17"))).extracting(Drill::number).containsExactly(17, 17);
  }

  @Test
  void choosesAll() {
    assertThat(Selection.of(List.of("all"))).hasSameSizeAs(Catalog.all());
  }

  @Test
  void choosesNoneIfOneWordMeansNone() {
    assertThat(Selection.of(List.of("1", "99"))).isEmpty();
    assertThat(Selection.of(List.of("1", "all"))).isEmpty();
    assertThat(Selection.of(List.of("one"))).isEmpty();
    assertThat(Selection.of(List.of("-1"))).isEmpty();
  }

  @Test
  void hasTitlesOfItsOwnByNumber() {
    assertThat(Catalog.all()).extracting(Drill::title).doesNotHaveDuplicates();
    assertThat(Catalog.all()).extracting(Drill::number).isSorted();
  }
}
