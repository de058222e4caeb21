package io.shardgrid.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Slot;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class KeysTest {

  @Test
  void hasAsManyKeysOfEachShard() {
    Keys keys = new Keys(64, 3);

    assertThat(keys.count()).isEqualTo(192);
    for (int shard = 0; shard < keys.shards(); shard++) {
      int wanted = shard;
      assertThat(keys.of(shard))
          .hasSize(3)
          .doesNotHaveDuplicates()
          .allMatch(key -> shardOf(key) == wanted);
    }
  }

  private static int shardOf(String key) {
    return Slot.shardOf(Slot.of(key.getBytes(StandardCharsets.UTF_8)), 64);
  }
}
