package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class JsonLinesTest {

  private final LogEvent event = new LogEvent(new LoggerContext());

  @Test
  void haveTheirFieldsInThisForm() {
    event.context().putProperty("cluster", "shardgrid");
    event.context().putProperty("node", "a");
    event
        .at(Instant.parse("2026-11-30T01:02:03.000040005Z"), Level.WARN)
        .message("A chunk was damaged: shard={}", 7)
        .pairs(new KeyValuePair("shard", 7), new KeyValuePair("map", "m \"1\""))
        .ofThread(Map.of("trace_id", "4bf9", "span_id", "00f0", "pekkoSource", "x"));

    assertThat(event.text())
        .isEqualTo(
            """
            {"time":"2026-11-30T01:02:03.000040Z","level":"WARN","logger":"io.shardgrid.Some",\
            "thread":"main","message":"A chunk was damaged: shard=7","cluster":"shardgrid",\
            "node":"a","shard":7,"map":"m \\"1\\"","trace_id":"4bf9","span_id":"00f0"}
            """);
  }

  @Test
  void saysNothingOfWhatIsNotKnown() {
    assertThat(event.message("m").line().fieldNames())
        .toIterable()
        .containsExactly("time", "level", "logger", "thread", "message");
  }

  @Test
  void tellAFailureWithItsCause() {
    JsonNode line =
        event
            .message("failed")
            .failure(new IllegalStateException("outer", new IllegalArgumentException("inner")))
            .line();

    assertThat(line.path("error_class").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.path("error_message").asText()).isEqualTo("outer");
    assertThat(line.path("error_stack").asText())
        .startsWith("java.lang.IllegalStateException: outer")
        .contains("\tat io.shardgrid.node.telemetry.JsonLinesTest.")
        .contains("Caused by: java.lang.IllegalArgumentException: inner");
    assertThat(event.failure(new IllegalStateException()).line().has("error_message")).isFalse();
  }

  @Test
  void preferWhatTheEventSaysToWhatItsThreadSays() {
    JsonNode line =
        event
            .pairs(new KeyValuePair("shard", 1))
            .ofThread(Map.of("shard", "2", "map", "of the thread"))
            .line();

    assertThat(line.path("shard").isInt()).isTrue();
    assertThat(line.path("shard").asInt()).isEqualTo(1);
    assertThat(line.path("map").asText()).isEqualTo("of the thread");
  }

  @Test
  void areWrittenEvenIfAValueHasNoText() {
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no");
          }
        };

    assertThat(event.pairs(new KeyValuePair("k", broken)).line().path("k").asText())
        .startsWith("no text: class=" + getClass().getName())
        .endsWith("cause=java.lang.IllegalStateException");
  }

  @Test
  void doNotCutACharacterInHalf() {
    String text = "x".repeat(LogFields.VALUE_CHARS_MAX - 2) + "😀😀";

    assertThat(event.pairs(new KeyValuePair("k", text)).line().path("k").asText())
        .isEqualTo("x".repeat(LogFields.VALUE_CHARS_MAX - 2) + "…");
  }
}
