package io.shardgrid.node.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what an exporter delivers and what it does not, and says in the log when the receiver
 * begins to fail and when it is well again. Thread-safe.
 */
final class SpanDelivery implements SpanExporter {

  private static final Logger LOG = LoggerFactory.getLogger(SpanDelivery.class);

  private final SpanExporter exporter;
  private final String endpoint;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicBoolean isFailing = new AtomicBoolean();

  SpanDelivery(SpanExporter exporter, String endpoint) {
    this.exporter = exporter;
    this.endpoint = endpoint;
  }

  long delivered() {
    return delivered.sum();
  }

  long failed() {
    return failed.sum();
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    CompletableResultCode result = begun(spans);
    result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            delivered.add(count);
            wentWell();
          } else {
            failed.add(count);
            wentWrong(result.getFailureThrowable());
          }
        });
    return result;
  }

  /** What is needed for a delivery may be out of reach: a file, say. */
  private CompletableResultCode begun(Collection<SpanData> spans) {
    try {
      return exporter.export(spans);
    } catch (RuntimeException e) {
      return CompletableResultCode.ofExceptionalFailure(e);
    }
  }

  private void wentWell() {
    if (isFailing.compareAndSet(true, false)) {
      LOG.info("Spans are delivered again: endpoint={}", endpoint);
    }
  }

  private void wentWrong(@Nullable Throwable cause) {
    if (isFailing.compareAndSet(false, true)) {
      LOG.warn(
          "Spans cannot be delivered and are dropped, until the receiver takes some again; look at"
              + " grid.node.trace: endpoint={}, cause={}",
          endpoint,
          cause == null ? "refused" : cause.toString());
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
