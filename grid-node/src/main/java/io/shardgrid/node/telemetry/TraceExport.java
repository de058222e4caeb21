package io.shardgrid.node.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.node.access.ServerFigure;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.trace.Tracing;
import io.shardgrid.traces.GridTraces;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has a node followed and sends its spans by OTLP, as protobuf over HTTP. Thread-safe.
 *
 * <p>Spans that have ended wait in a queue with a bound for a thread of the exporter's; no
 * operation waits for it. What the queue has no room for is dropped, and so is what the receiver
 * does not take within the timeout, repeats included.
 */
public final class TraceExport implements AutoCloseable {

  private static final String SPANS_PATH = "/v1/traces";
  private static final String CA_FILE =
      TraceExportSettings.PATH + "." + TraceExportSettings.CA_FILE;

  /** Spans that threads may end at one moment, beyond the bound. */
  private static final int QUEUE_SPARE = 256;

  /**
   * Would write to standard error; kept, since the one that is asked for by name may be forgotten.
   */
  private static final Logger OF_THE_LIBRARY = Logger.getLogger("io.opentelemetry");

  private final OpenTelemetrySdk sdk;
  private final SpanDelivery delivery;
  private final BoundedSpans spans;
  private final GridTraces traces;
  private final TraceSwitch bound;
  private final Duration closeTimeout;

  private TraceExport(
      TraceExportSettings settings, URI endpoint, Resource resource, TraceSwitch bound) {
    OF_THE_LIBRARY.setLevel(Level.OFF);
    this.closeTimeout = settings.timeout();
    this.bound = bound;
    this.delivery = new SpanDelivery(exporter(settings, endpoint), urlOf(endpoint));
    this.spans =
        new BoundedSpans(
            BatchSpanProcessor.builder(delivery)
                .setMaxQueueSize(QUEUE_SPARE + settings.queueMax())
                .setMaxExportBatchSize(settings.batchMax())
                .setScheduleDelay(settings.interval())
                .setExporterTimeout(settings.timeout())
                .build(),
            settings.queueMax(),
            () -> delivery.delivered() + delivery.failed());
    DerivedIds ids = new DerivedIds();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setIdGenerator(ids)
            .setSampler(Sampler.alwaysOn()) // what is begun was chosen before
            .addSpanProcessor(spans)
            .build();
    this.sdk = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    this.traces = new GridTraces(sdk, ids);
    traces.bindTo(bound);
  }

  /**
   * Follows a node from now on.
   *
   * @param endpoint of the settings
   * @param cluster name of the cluster
   * @param node name or address of the node
   */
  public static TraceExport begin(
      TraceExportSettings settings, URI endpoint, String cluster, String node, TraceSwitch traces) {
    Resource resource =
        Resource.create(
            Attributes.builder()
                .put("service.name", "shardgrid")
                .put("service.namespace", cluster)
                .put("service.instance.id", node)
                .build());
    return new TraceExport(settings, endpoint, resource, traces);
  }

  private static SpanExporter exporter(TraceExportSettings settings, URI endpoint) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(urlOf(endpoint))
            .setTimeout(settings.timeout())
            .setConnectTimeout(settings.timeout())
            .setHeaders(new ReceiverLogin(settings.authorizationFile()));
    try {
      settings.authority().ifPresent(file -> exporter.setTrustedCertificates(certificates(file)));
      return exporter.build();
    } catch (IllegalStateException e) {
      throw new GridConfigException(
          "the certificates cannot be used: %s=%s, cause=%s"
              .formatted(CA_FILE, settings.authority().orElse(null), e.getMessage()),
          e);
    }
  }

  private static byte[] certificates(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new GridConfigException(
          "the certificates cannot be read: %s=%s, cause=%s; name a PEM file, or off"
              .formatted(CA_FILE, file, e),
          e);
    }
  }

  private static String urlOf(URI endpoint) {
    String base = endpoint.toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return root.endsWith(SPANS_PATH) ? root : root + SPANS_PATH;
  }

  /** What it counts, for meters. */
  public List<ServerFigure> figures() {
    Tracing tracing = bound.tracing();
    return List.of(
        spans("ended", spans::ended),
        spans("delivered", delivery::delivered),
        spans("failed", delivery::failed),
        spans("dropped", spans::dropped),
        ServerFigure.total(
            "traces.over.limit",
            "Operations that were to be followed, and were more than grid.trace.per-second-max",
            () -> tracing == null ? 0 : tracing.refused()));
  }

  private static ServerFigure spans(String result, LongSupplier value) {
    return new ServerFigure(
        "spans",
        "Spans that have ended; that the receiver took; that it did not take; that were dropped,"
            + " since grid.node.trace.queue-max of them waited",
        null,
        true,
        Map.of("result", result),
        value);
  }

  /** Delivers what waits, within the timeout of a delivery, and ends. */
  @Override
  public void close() {
    traces.close();
    sdk.getSdkTracerProvider().shutdown().join(closeTimeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
