package io.shardgrid.node.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A connection to a page of a browser, by the DevTools protocol. Thread-safe. */
final class DevTools implements WebSocket.Listener {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long TIMEOUT_SECONDS = 120;

  private final AtomicInteger number = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<JsonNode>> events = new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final StringBuilder message = new StringBuilder();
  private @Nullable WebSocket socket;

  private DevTools() {}

  static DevTools connect(URI page) {
    DevTools tools = new DevTools();
    tools.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, tools).join();
    for (String domain : List.of("Page", "Runtime", "Log")) {
      tools.call(domain + ".enable", Map.of());
    }
    return tools;
  }

  /** Calls a method and waits for its result. */
  JsonNode call(String method, Map<String, Object> parameters) {
    int id = number.incrementAndGet();
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    calls.put(id, result);
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    try {
      open.sendText(
              JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
              true)
          .join();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return result.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Completes with the next event of this name. */
  CompletableFuture<JsonNode> event(String name) {
    CompletableFuture<JsonNode> next = new CompletableFuture<>();
    events.put(name, next);
    return next;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
    message.append(data);
    if (isLast) {
      take(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(String text) {
    JsonNode told;
    try {
      told = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    CompletableFuture<JsonNode> call = told.has("id") ? calls.remove(told.get("id").asInt()) : null;
    if (call != null) {
      if (told.has("error")) {
        call.completeExceptionally(new AssertionError(told.get("error").toString()));
      } else {
        call.complete(told.path("result"));
      }
      return;
    }
    String event = told.path("method").asText();
    JsonNode parameters = told.path("params");
    noteProblem(event, parameters);
    CompletableFuture<JsonNode> waiting = events.remove(event);
    if (waiting != null) {
      waiting.complete(parameters);
    }
  }

  private void noteProblem(String event, JsonNode parameters) {
    boolean isProblem =
        switch (event) {
          case "Runtime.exceptionThrown" -> true;
          case "Runtime.consoleAPICalled" ->
              List.of("error", "warning", "assert").contains(parameters.path("type").asText());
          case "Log.entryAdded" ->
              List.of("error", "warning").contains(parameters.path("entry").path("level").asText());
          default -> false;
        };
    if (isProblem) {
      problems.add(event + " " + parameters);
    }
  }

  void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
