package io.shardgrid.node.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;

/** Takes what nodes export by OTLP over HTTP, and forgets it. Thread-safe. */
final class SpanSink implements AutoCloseable {

  private final HttpServer server;
  private final LongAdder bytes = new LongAdder();

  /** Listens on a free port of the loopback address. */
  SpanSink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      bytes.add(exchange.getRequestBody().readAllBytes().length);
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Where it listens. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What has come so far. */
  long bytes() {
    return bytes.sum();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
