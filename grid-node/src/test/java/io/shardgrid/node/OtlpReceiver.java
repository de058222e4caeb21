package io.shardgrid.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Takes spans by OTLP over HTTP and keeps them. Thread-safe. */
final class OtlpReceiver implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final HttpServer server;
  private final List<Received> spans = new ArrayList<>();

  /** A span, and which process it came from. */
  record Received(
      String instance,
      String trace,
      String id,
      String parent,
      String name,
      Span.SpanKind kind,
      Map<String, String> said,
      List<String> events) {

    private static Received of(String instance, Span span) {
      Map<String, String> said = new TreeMap<>();
      for (KeyValue one : span.getAttributesList()) {
        said.put(
            one.getKey(),
            one.getValue().hasIntValue()
                ? String.valueOf(one.getValue().getIntValue())
                : one.getValue().getStringValue());
      }
      HexFormat hex = HexFormat.of();
      return new Received(
          instance,
          hex.formatHex(span.getTraceId().toByteArray()),
          hex.formatHex(span.getSpanId().toByteArray()),
          hex.formatHex(span.getParentSpanId().toByteArray()),
          span.getName(),
          span.getKind(),
          said,
          span.getEventsList().stream().map(Span.Event::getName).toList());
    }
  }

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  /** Begins to listen at any free port. */
  static OtlpReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpReceiver receiver = new OtlpReceiver(server);
    server.createContext("/v1/traces", receiver::take);
    server.setExecutor(Executors.newSingleThreadExecutor(OtlpReceiver::daemon));
    server.start();
    return receiver;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "otlp-receiver");
    thread.setDaemon(true);
    return thread;
  }

  /** What exporters are told. */
  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream raw = exchange.getRequestBody();
        InputStream body = isPacked ? new GZIPInputStream(raw) : raw) {
      keep(ExportTraceServiceRequest.parseFrom(body));
    }
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private synchronized void keep(ExportTraceServiceRequest request) {
    for (ResourceSpans process : request.getResourceSpansList()) {
      String instance =
          process.getResource().getAttributesList().stream()
              .filter(one -> one.getKey().equals("service.instance.id"))
              .map(one -> one.getValue().getStringValue())
              .findFirst()
              .orElse("");
      for (ScopeSpans scope : process.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> spans.add(Received.of(instance, span)));
      }
    }
    notifyAll();
  }

  /** What was received so far. */
  synchronized List<Received> spans() {
    return List.copyOf(spans);
  }

  /** The spans of one trace that were received so far. */
  List<Received> trace(String id) {
    return spans().stream().filter(span -> span.trace().equals(id)).toList();
  }

  /** Waits until what was received has something in it. */
  <T> T await(String what, Function<List<Received>, Optional<T>> search)
      throws InterruptedException {
    return await(search, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
        .orElseThrow(
            () -> new AssertionError("not received in time: " + what + ", spans=" + spans()));
  }

  /** The same, for so long at most. */
  synchronized <T> Optional<T> await(Function<List<Received>, Optional<T>> search, long millis)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Optional<T> found = search.apply(List.copyOf(spans));
    long left = millis;
    while (found.isEmpty() && left > 0) {
      wait(left);
      found = search.apply(List.copyOf(spans));
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
    return found;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
