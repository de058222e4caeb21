package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * A cluster that nobody asks anything. Cluster Sharding stops entities that are idle for two
 * minutes unless told otherwise, so the long form waits for three: {@code
 * -Dgrid.test.idle-seconds=180}.
 */
@EnabledForJreRange(max = JRE.JAVA_21) // long; on later ones other tests of processes do
final class IdleIT {

  private static final long IDLE_SECONDS = Long.getLong("grid.test.idle-seconds", 5);
  private static final int ENTRIES = 10_000;

  @Test
  void stillHasEveryEntryAfterwards() throws Exception {
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < ENTRIES; i++) {
      entries.put("key-" + i, "value-" + i);
    }
    try (ThreeNodes nodes = ThreeNodes.start()) {
      try (GridClient client = GridClient.connect(nodes.addresses().get(0).resp())) {
        client
            .map("m", Codecs.string(), Codecs.string())
            .putAll(entries)
            .toCompletableFuture()
            .join();
      }
      assertNobodyEnds(nodes);
      try (GridClient client = GridClient.connect(nodes.addresses().get(1).resp())) {
        var map = client.map("m", Codecs.string(), Codecs.string());
        assertThat(map.getAll(entries.keySet()).toCompletableFuture().join()).isEqualTo(entries);
        assertThat(map.size().toCompletableFuture().join()).isEqualTo(ENTRIES);
      }
    }
  }

  private static void assertNobodyEnds(ThreeNodes nodes) {
    CompletableFuture<Object> end =
        CompletableFuture.anyOf(
            nodes.programs().stream()
                .map(program -> program.process().onExit())
                .toArray(CompletableFuture[]::new));
    assertThatThrownBy(() -> end.get(IDLE_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(TimeoutException.class);
  }
}
