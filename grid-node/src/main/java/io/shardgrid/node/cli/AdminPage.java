package io.shardgrid.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a node's HTTP server. */
final class AdminPage {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;

  /** One for all requests: who polls would leave an open connection behind with each. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(TIMEOUT).version(HttpClient.Version.HTTP_1_1).build();

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  private AdminPage() {}

  /**
   * The text of a page.
   *
   * @param node address of the HTTP server, host:port
   * @throws CommandException when it does not answer
   */
  static String get(String node, String path) {
    return ask(node, path, "GET");
  }

  /**
   * Has something changed; the answer's text.
   *
   * @throws CommandException when it does not answer
   */
  static String post(String node, String path) {
    return ask(node, path, "POST");
  }

  private static String ask(String node, String path, String method) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + node + path))
              .timeout(TIMEOUT)
              .header("X-Shardgrid", "command line")
              .method(method, BodyPublishers.noBody())
              .build();
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new CommandException(
            ExitCode.FAILED,
            "The node has no answer now: node=" + node + ", status=" + response.statusCode());
      }
      return response.body();
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--node: is no host:port: " + node, e);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "No node answers at http://"
              + node
              + "; start one, or name its HTTP address with --node host:port",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }

  /**
   * What an answer says.
   *
   * @throws CommandException when something else than a node answers
   */
  static <T> T parse(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new CommandException(
          ExitCode.FAILED, "What answers is no node of Shardgrid: " + e.getOriginalMessage(), e);
    }
  }
}
