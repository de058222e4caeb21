package io.shardgrid.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HotKeysTest {

  private static Request get(String key) {
    return new Request.Get(key.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void findsAKeyWithATenthOfTheOperationsBesideManyOthers() {
    HotKeys keys = new HotKeys(7);
    for (int i = 0; i < 200_000; i++) {
      // Every tenth, in a rhythm that sampling at fixed distances would hit or miss altogether.
      keys.seen("m", i % 10 == 0 ? get("hot") : get("cold-" + i));
    }
    HotKey first = keys.top(3).get(0);
    assertThat(first.key()).isEqualTo("hot");
    assertThat(first.map()).isEqualTo("m");
    assertThat(first.share() - first.error()).isGreaterThan(0.05);
    assertThat(first.share()).isCloseTo(0.1, within(0.05));
  }

  @Test
  void letsAKeyThatIsAskedForNoMoreGoDown() {
    HotKeys keys = new HotKeys(7);
    for (int i = 0; i < 100_000; i++) {
      keys.seen("m", get("old"));
    }
    assertThat(keys.top(1).get(0).share()).isEqualTo(1);
    for (int i = 0; i < 200_000; i++) {
      keys.seen("m", get("new"));
    }
    assertThat(keys.top(1).get(0).key()).isEqualTo("new");
    assertThat(keys.top(1).get(0).share()).isGreaterThan(0.7);
  }

  @Test
  void tellsMapsApartAndCountsOneKeyOfSeveral() {
    HotKeys keys = new HotKeys(1);
    byte[] key = {'k'};
    for (int i = 0; i < 10_000; i++) {
      keys.seen("a", new Request.GetAll(List.of(key, key)));
      keys.seen("b", new Request.CountAll(List.of(key)));
      keys.seen("c", new Request.Size());
    }
    assertThat(keys.top(9)).extracting(HotKey::map).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void showsKeysAsTextOrInDigits() {
    assertThat(KeyMark.of("m", "h\u00e9 1".getBytes(StandardCharsets.UTF_8)).shown())
        .isEqualTo("h\u00e9 1");
    KeyMark binary = KeyMark.of("m", new byte[] {0, (byte) 0xff});
    assertThat(binary.isText()).isFalse();
    assertThat(binary.shown()).isEqualTo("00ff");
    KeyMark cut = KeyMark.of("m", ("x" + "\u00e9".repeat(100)).getBytes(StandardCharsets.UTF_8));
    assertThat(cut.isWhole()).isFalse();
    assertThat(cut.shown()).isEqualTo("x" + "\u00e9".repeat(31));
    byte[] one = new byte[300];
    byte[] other = new byte[300];
    other[299] = 1;
    assertThat(KeyMark.of("m", one)).isNotEqualTo(KeyMark.of("m", other));
    assertThat(KeyMark.of("m", one)).isEqualTo(KeyMark.of("m", new byte[300]));
  }
}
