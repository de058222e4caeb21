package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.slf4j.event.KeyValuePair;

/** Lines of the log with whatever may be in them. */
final class JsonLinesPropertyTest {

  private static final int LOKI_LINE_BYTES_MAX = 256 << 10;

  /** Halves of surrogate pairs, control characters, ends of lines, quotes, all of Unicode. */
  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> units =
        Arbitraries.integers()
            .between(0, Character.MAX_VALUE)
            .map(unit -> String.valueOf((char) unit.intValue()));
    Arbitrary<String> bad =
        Arbitraries.of(
            "\n", "\r", "\"", "\\", "\0", "\ud800", "\udc00", "\u2028", "{", "}", "{}", "%n", "😀");
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(2, units),
            net.jqwik.api.Tuple.of(3, bad),
            net.jqwik.api.Tuple.of(3, Arbitraries.strings().ascii().ofMaxLength(5)))
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.oneOf(
        List.of(
            hostile().map(text -> (Object) text),
            Arbitraries.longs().map(number -> (Object) number),
            Arbitraries.doubles().map(number -> (Object) number),
            Arbitraries.of(true, Double.NaN, Float.POSITIVE_INFINITY, new byte[1], List.of(1))));
  }

  @Property(tries = 300)
  void areOneFlatObjectEachWhateverIsInThem(
      @ForAll("hostile") String message,
      @ForAll("hostile") String key,
      @ForAll("hostile") String other,
      @ForAll("values") Object value,
      @ForAll("hostile") String cause) {
    LogEvent event = new LogEvent(new LoggerContext());
    JsonNode line =
        event
            .message(message)
            .failure(new IllegalStateException(cause, new RuntimeException(other)))
            .pairs(
                new KeyValuePair(key, value),
                new KeyValuePair(other, value),
                new KeyValuePair("message", value),
                new KeyValuePair("time", null))
            .ofThread(Map.of("trace_id", other, "shard", key, "else", "x"))
            .line();

    assertThat(line.path("message").asText()).isEqualTo(readable(message));
    assertThat(line.path("error_message").asText()).isEqualTo(readable(cause));
    assertThat(line.has("message_")).isTrue();
    assertThat(line.has("time_")).as("null").isFalse();
    assertThat(line.has("else")).as("of the MDC only what is ours").isFalse();
    assertThat(line)
        .allSatisfy(field -> assertThat(field.isValueNode() && !field.isNull()).isTrue());
    assertThat(line.fieldNames()).toIterable().allMatch(name -> name.matches("[a-zA-Z_]\\w*"));
  }

  /** A half of a pair cannot be written in UTF-8. */
  private static String readable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Property(tries = 10)
  void areNeverLongerThanWhatLokiTakes(@ForAll("hostile") String some) {
    String part = some.isEmpty() ? "\u0001" : some;
    String endless = part.repeat((1 << 20) / part.length() + 1);
    LogEvent event = new LogEvent(new LoggerContext());
    KeyValuePair[] pairs = new KeyValuePair[100];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new KeyValuePair(endless, endless);
    }
    event.context().putProperty(JsonLines.CLUSTER, endless);
    event.context().putProperty(JsonLines.NODE, endless);
    byte[] line =
        event
            .message(endless)
            .thread(endless)
            .pairs(pairs)
            .failure(new IllegalStateException(endless))
            .bytes();

    assertThat(line).hasSizeLessThan(LOKI_LINE_BYTES_MAX);
    JsonNode read = event.line();
    assertThat(read.path("message").asText()).endsWith("…");
    assertThat(read.path("error_stack").asText()).endsWith("…");
    assertThat(read).hasSize(10 + LogFields.ADDED_MAX);
  }
}
