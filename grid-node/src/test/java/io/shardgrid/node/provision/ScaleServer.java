package io.shardgrid.node.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that behaves as the one of Kubernetes does with the scale of one StatefulSet: it checks
 * the token, the path and the version, answers with Status objects, and lets pods follow. Faults
 * are asked for one by one; each befalls one request. Thread-safe.
 */
final class ScaleServer implements AutoCloseable {

  static final String NAMESPACE = "data";
  static final String NAME = "grid";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH =
      "/apis/apps/v1/namespaces/" + NAMESPACE + "/statefulsets/" + NAME + "/scale";

  /** Something else than the answer that is due. */
  @FunctionalInterface
  interface Fault {
    /** Befalls a request; returns whether it has been answered. */
    boolean befall(HttpExchange exchange, ScaleServer server) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private String token = "token-1";
  private int replicas;
  private int pods;
  private boolean isFollowed = true;
  private long version = 7;

  private ScaleServer(HttpServer server, int replicas) {
    this.server = server;
    this.replicas = replicas;
    this.pods = replicas;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static ScaleServer start(int replicas) throws IOException {
    return new ScaleServer(HttpServer.create(loopback(), 0), replicas);
  }

  static ScaleServer startTls(int replicas, SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new ScaleServer(server, replicas);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The next request, and each one after it, meets the next of these. */
  synchronized void befall(Fault... next) {
    faults.addAll(List.of(next));
  }

  synchronized void expectToken(String next) {
    token = next;
  }

  /** Somebody else sets the number. */
  synchronized void scale(int next) {
    replicas = next;
    version++;
    pods = isFollowed ? next : pods;
  }

  /** From now on no pod can be placed. */
  synchronized void stopPods() {
    isFollowed = false;
  }

  synchronized int replicas() {
    return replicas;
  }

  /** What was asked, as {@code GET} and {@code PUT}. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** Answers as some other server than Kubernetes would. */
  static Fault answering(int status, String body, String... headers) {
    return (exchange, server) -> {
      for (int at = 0; at < headers.length; at += 2) {
        exchange.getResponseHeaders().add(headers[at], headers[at + 1]);
      }
      send(exchange, status, body);
      return true;
    };
  }

  /** Refuses with a Status object. */
  static Fault status(int code, String reason, String... headers) {
    return answering(code, statusObject(code, reason).toString(), headers);
  }

  /** Somebody else has changed it between the two requests, each time. */
  static Fault changing(int replicas) {
    return (exchange, server) -> {
      server.scale(replicas);
      return false;
    };
  }

  /** Does what is asked, and never answers. */
  static Fault silent() {
    return (exchange, server) -> {
      server.handle(exchange.getRequestMethod(), exchange.getRequestBody().readAllBytes());
      server.end.join();
      return true;
    };
  }

  /** Begins an answer and never ends it. */
  static Fault halting() {
    return (exchange, server) -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      server.end.join();
      return true;
    };
  }

  /** What usually happens. */
  static Fault none() {
    return (exchange, server) -> false;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Fault fault;
      synchronized (this) {
        requests.add(exchange.getRequestMethod());
        fault = Optional.ofNullable(faults.poll()).orElseGet(ScaleServer::none);
      }
      if (fault.befall(exchange, this)) {
        return;
      }
      Optional<JsonNode> refusal = refusal(exchange);
      JsonNode body =
          refusal.isPresent()
              ? refusal.get()
              : handle(exchange.getRequestMethod(), exchange.getRequestBody().readAllBytes());
      send(exchange, body.path("code").asInt(200), body.toString());
    }
  }

  private synchronized Optional<JsonNode> refusal(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("Bearer " + token).equals(given)) {
      return Optional.of(statusObject(401, "Unauthorized"));
    }
    return exchange.getRequestURI().getPath().equals(PATH)
        ? Optional.empty()
        : Optional.of(statusObject(404, "NotFound"));
  }

  private synchronized JsonNode handle(String method, byte[] body) throws IOException {
    if (method.equals("GET")) {
      return scaleObject();
    }
    JsonNode wanted = JSON.readTree(body);
    if (!wanted.path("kind").asText().equals("Scale")
        || !wanted.at("/metadata/name").asText().equals(NAME)) {
      return statusObject(400, "BadRequest");
    }
    if (!wanted.at("/metadata/resourceVersion").asText().equals(Long.toString(version))) {
      return statusObject(409, "Conflict");
    }
    scale(wanted.at("/spec/replicas").asInt(0));
    return scaleObject();
  }

  private JsonNode scaleObject() {
    ObjectNode scale = JSON.createObjectNode().put("kind", "Scale");
    scale.put("apiVersion", "autoscaling/v1");
    scale
        .putObject("metadata")
        .put("name", NAME)
        .put("namespace", NAMESPACE)
        .put("uid", "6f1c")
        .put("resourceVersion", Long.toString(version));
    // As in Kubernetes: 0 is left out.
    ObjectNode spec = scale.putObject("spec");
    if (replicas > 0) {
      spec.put("replicas", replicas);
    }
    scale.putObject("status").put("replicas", pods).put("selector", "app=grid");
    return scale;
  }

  private static ObjectNode statusObject(int code, String reason) {
    ObjectNode status = JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
    return status
        .put("status", "Failure")
        .put("message", "the server says " + reason)
        .put("reason", reason)
        .put("code", code);
  }

  private static void send(HttpExchange exchange, int status, @Nullable String body)
      throws IOException {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    end.complete(null);
    server.stop(0);
    threads.shutdownNow();
  }
}
