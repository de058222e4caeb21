package io.shardgrid.node.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each event of the log as one flat JSON object on a line of its own, for collectors such as
 * Loki's.
 *
 * <p>Always there: {@code time} (RFC 3339, UTC), {@code level}, {@code logger}, {@code thread},
 * {@code message}; {@code cluster} and {@code node} as soon as they are known. Then what the event
 * says of itself in key-value pairs (a number stays one), what the thread has said in its MDC of
 * {@code shard}, {@code map}, {@code trace_id} and {@code span_id}, and for an exception {@code
 * error_class}, {@code error_message} and {@code error_stack}.
 *
 * <p>Thread-safe. A line has less than 256 KiB, which is as much as Loki takes unless told
 * otherwise, even if each character has to be escaped.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {

  static final String CLUSTER = "cluster";
  static final String NODE = "node";
  static final int NAME_CHARS_MAX = 256;
  static final int MESSAGE_CHARS_MAX = 8192;
  static final int ERROR_CHARS_MAX = 1024;
  static final int STACK_CHARS_MAX = 16_384;

  /** What is taken from the MDC; engines and applications put all sorts of things there. */
  private static final List<String> OF_THREAD = List.of("shard", "map", "trace_id", "span_id");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final JsonFactory JSON = new JsonFactory();

  /** Says whose lines these are, from now on; does nothing if logs go elsewhere than to Logback. */
  public static void identify(String cluster, String node) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putProperty(CLUSTER, cluster);
      if (!node.isEmpty()) {
        context.putProperty(NODE, node);
      }
    }
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  /** Characters first, then bytes: so a half of a surrogate pair becomes a question mark. */
  @Override
  public byte[] encode(ILoggingEvent event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      for (Map.Entry<String, Object> field : fields(event).inOrder().entrySet()) {
        json.writeFieldName(field.getKey());
        json.writeObject(field.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private LogFields fields(ILoggingEvent event) {
    LogFields fields = new LogFields();
    fields.put("time", TIME.format(event.getInstant()), NAME_CHARS_MAX);
    fields.put("level", event.getLevel(), NAME_CHARS_MAX);
    fields.put("logger", event.getLoggerName(), NAME_CHARS_MAX);
    fields.put("thread", event.getThreadName(), NAME_CHARS_MAX);
    fields.put("message", event.getFormattedMessage(), MESSAGE_CHARS_MAX);
    fields.put(CLUSTER, property(CLUSTER), NAME_CHARS_MAX);
    fields.put(NODE, property(NODE), NAME_CHARS_MAX);
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure != null) {
      fields.put("error_class", failure.getClassName(), NAME_CHARS_MAX);
      fields.put("error_message", failure.getMessage(), ERROR_CHARS_MAX);
      fields.put("error_stack", ThrowableProxyUtil.asString(failure), STACK_CHARS_MAX);
    }
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> fields.add(pair.key, pair.value));
    }
    Map<String, String> ofThread = event.getMDCPropertyMap();
    for (String name : OF_THREAD) {
      fields.addIfNew(name, ofThread.get(name));
    }
    return fields;
  }

  private @Nullable String property(String name) {
    return getContext() == null ? null : getContext().getProperty(name);
  }
}
