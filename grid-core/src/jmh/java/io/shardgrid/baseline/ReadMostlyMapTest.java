package io.shardgrid.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadMostlyMapTest {

  private final ReadMostlyMap<Integer, String> map = new ReadMostlyMap<>();

  @Test
  void promotesAfterAsManyMissesAsItsDirtyTableHasEntries() {
    fill(10);
    for (int i = 0; i < 9; i++) {
      assertThat(map.get(i)).isNotNull();
      assertThat(map.isAmended()).isTrue();
    }
    assertThat(map.get(0)).isEqualTo("0");
    assertThat(map.isAmended()).isFalse();
  }

  @Test
  void writesAKeyOfItsViewWithoutAmendingIt() {
    fill(10);
    assertThat(map.size()).isEqualTo(10);
    assertThat(map.put(3, "three")).isEqualTo("3");
    assertThat(map.remove(4)).isEqualTo("4");
    assertThat(map.put(4, "four")).isNull();
    assertThat(map.isAmended()).isFalse();
    assertThat(map.get(3)).isEqualTo("three");
    assertThat(map.get(4)).isEqualTo("four");
  }

  @Test
  void keepsAValueThatIsPutInPlaceOfAnExpungedOne() {
    fill(10);
    assertThat(map.size()).isEqualTo(10);
    assertThat(map.remove(5)).isEqualTo("5");
    // The copy to the dirty table that this key asks for leaves 5 out: it is expunged.
    map.put(100, "100");
    assertThat(map.get(5)).isNull();
    assertThat(map.put(5, "five")).isNull();
    assertThat(map.get(5)).isEqualTo("five");
    assertThat(map.size()).isEqualTo(11);
    assertThat(map.get(5)).isEqualTo("five");
  }

  @Test
  void mergesIntoAnExpungedEntry() {
    fill(1);
    assertThat(map.size()).isEqualTo(1);
    assertThat(map.remove(0)).isEqualTo("0");
    map.put(100, "100");
    assertThat(map.merge(0, "new", String::concat)).isEqualTo("new");
    assertThat(map.merge(0, "er", String::concat)).isEqualTo("newer");
    assertThat(map.size()).isEqualTo(2);
    assertThat(map.get(0)).isEqualTo("newer");
  }

  @Test
  void forgetsARemovedKeyAtTheNextPromotion() {
    fill(10);
    assertThat(map.size()).isEqualTo(10);
    map.remove(5);
    map.put(100, "100");
    assertThat(map.size()).isEqualTo(10);
    assertThat(map.remove(5)).isNull();
    assertThat(map.isAmended()).isFalse();
  }

  private void fill(int keys) {
    for (int i = 0; i < keys; i++) {
      map.put(i, Integer.toString(i));
    }
  }
}
