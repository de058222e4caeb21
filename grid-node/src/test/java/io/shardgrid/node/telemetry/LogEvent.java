package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** One event of the log, and the line that it becomes. Not thread-safe. */
final class LogEvent {

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final LoggerContext context;
  private final JsonLines lines = new JsonLines();
  private Instant instant = Instant.EPOCH;
  private Level level = Level.INFO;
  private String message = "";
  private Object[] arguments = {};
  private String thread = "main";
  private @Nullable Throwable failure;
  private List<KeyValuePair> pairs = List.of();
  private Map<String, String> ofThread = Map.of();

  LogEvent(LoggerContext context) {
    this.context = context;
    lines.setContext(context);
  }

  LoggerContext context() {
    return context;
  }

  LogEvent at(Instant newInstant, Level newLevel) {
    instant = newInstant;
    level = newLevel;
    return this;
  }

  LogEvent message(String newMessage, Object... newArguments) {
    message = newMessage;
    arguments = newArguments;
    return this;
  }

  LogEvent thread(String name) {
    thread = name;
    return this;
  }

  LogEvent failure(Throwable newFailure) {
    failure = newFailure;
    return this;
  }

  LogEvent pairs(KeyValuePair... newPairs) {
    pairs = List.of(newPairs);
    return this;
  }

  LogEvent ofThread(Map<String, String> values) {
    ofThread = values;
    return this;
  }

  byte[] bytes() {
    LoggingEvent event = new LoggingEvent();
    event.setInstant(instant);
    event.setLevel(level);
    event.setLoggerName("io.shardgrid.Some");
    event.setThreadName(thread);
    event.setMessage(message);
    event.setArgumentArray(arguments);
    event.setKeyValuePairs(pairs);
    event.setMDCPropertyMap(ofThread);
    if (failure != null) {
      event.setThrowableProxy(new ThrowableProxy(failure));
    }
    return lines.encode(event);
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** The line, read by rules that find every fault. */
  JsonNode line() {
    String text = text();
    assertThat(text).endsWith("}\n");
    assertThat(text.substring(0, text.length() - 1)).startsWith("{").doesNotContain("\n", "\r");
    try {
      return STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
