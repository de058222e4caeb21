package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is counted of deliveries, and that the log says each change once. */
final class SpanDeliveryTest {

  private static final String ENDPOINT = "http://127.0.0.1:4318/v1/traces";

  private final Logger log = (Logger) LoggerFactory.getLogger(SpanDelivery.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final SpanDelivery delivery = new SpanDelivery(new Receiver(), ENDPOINT);
  private CompletableResultCode answer = new CompletableResultCode();

  /** Answers as it is told to. */
  private final class Receiver implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return answer;
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    log.setLevel(Level.INFO);
    log.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(lines);
    log.setLevel(null);
  }

  private void export(int spans) {
    delivery.export(Collections.nCopies(spans, span()));
  }

  /** One into which nobody looks. */
  private static SpanData span() {
    return (SpanData)
        Proxy.newProxyInstance(
            SpanData.class.getClassLoader(),
            new Class<?>[] {SpanData.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @Test
  void countsWhenTheReceiverHasAnswered() {
    export(3);
    assertThat(delivery.delivered()).isZero();
    answer.succeed();
    assertThat(delivery.delivered()).isEqualTo(3);
    assertThat(delivery.failed()).isZero();
    assertThat(lines.list).isEmpty();
  }

  @Test
  void saysOnceThatTheReceiverFailsAndOnceThatItIsWell() {
    answer = CompletableResultCode.ofExceptionalFailure(new IOException("nobody there"));
    export(2);
    export(5);
    assertThat(delivery.failed()).isEqualTo(7);
    answer = CompletableResultCode.ofSuccess();
    export(1);
    export(1);
    assertThat(delivery.delivered()).isEqualTo(2);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.INFO);
    assertThat(lines.list.get(0).getFormattedMessage())
        .contains("grid.node.trace", ENDPOINT, "nobody there");
  }
}
