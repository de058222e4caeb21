package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.SyncMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a node says in its log of operations: nothing, not even to who asks for all it has. */
final class LogUnderLoadIT {

  private static final int ROUNDS = 400;

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("io.shardgrid");
  private final Level usual = own.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @AfterEach
  void logsAsBefore() {
    own.setLevel(usual);
    root.detachAppender(lines);
  }

  @Test
  void saysNothingOfOperations() {
    Map<String, ?> settings =
        Map.of(
            "grid.peer-port", 0,
            "grid.cluster-port", 0,
            "grid.node.resp.port", 0,
            "grid.node.http.port", 0,
            "grid.autoscale.mode", "off",
            "grid.node.drain", false);
    try (StandaloneNode node = StandaloneNode.start(NodeSettings.load(null, settings))) {
      node.ready().toCompletableFuture().join();
      try (GridClient client = GridClient.connect(node.addresses().resp())) {
        SyncMap<String, Long> numbers =
            client.map("numbers", Codecs.string(), Codecs.decimal()).sync();
        SyncMap<String, String> texts =
            client.map("texts", Codecs.string(), Codecs.string()).sync();
        round(numbers, texts, 1);

        own.setLevel(Level.DEBUG);
        lines.start();
        root.addAppender(lines);
        for (int i = 2; i <= ROUNDS; i++) {
          round(numbers, texts, i);
        }
        root.detachAppender(lines);
      }
    }

    List<ILoggingEvent> said = List.copyOf(lines.list);
    assertThat(said).filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO)).isEmpty();
    assertThat(said).as("a tenth of a line an operation").hasSizeLessThan(ROUNDS / 2);
  }

  private static void round(SyncMap<String, Long> numbers, SyncMap<String, String> texts, int i) {
    texts.put("text-" + i, "text");
    texts.put("brief-" + i, "text", Duration.ofMillis(50));
    assertThat(texts.get("text-" + i)).isPresent();
    assertThat(numbers.increment("number-" + i % 7, 1)).isPositive();
    texts.remove("text-" + i / 2);
    assertThatThrownBy(() -> texts.increment("text-" + i, 1)).isNotNull();
  }
}
