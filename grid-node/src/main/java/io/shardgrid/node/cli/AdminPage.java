package io.shardgrid.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardgrid.tls.channel.TlsTrouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/** Asks a node's HTTP server. */
public final class AdminPage {

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  private AdminPage() {}

  /**
   * The text of a page.
   *
   * @param node address of the HTTP server, host:port
   * @throws CommandException when it does not answer
   */
  public static String get(String node, String path) {
    return ask(node, path, "GET");
  }

  /**
   * Has something changed; the answer's text.
   *
   * @throws CommandException when it does not answer
   */
  public static String post(String node, String path) {
    return ask(node, path, "POST");
  }

  /**
   * The same with something to take.
   *
   * @throws CommandException when it does not answer
   */
  public static String post(String node, String path, byte[] body) {
    return ask(
        node,
        request(node, path, "POST")
            .POST(BodyPublishers.ofByteArray(body))
            .timeout(Transport.TIMEOUT)
            .build());
  }

  /**
   * The same, for what takes longer.
   *
   * @throws CommandException when it does not answer in time
   */
  static String post(String node, String path, Duration timeout) {
    return ask(node, request(node, path, "POST").timeout(timeout).build());
  }

  /**
   * The same, for what takes as long as it takes. Completes with the answer's text, or with what
   * {@link #explained} explains.
   *
   * @throws CommandException when the address is none
   */
  static CompletableFuture<String> postLater(String node, String path) {
    return Transport.http()
        .sendAsync(request(node, path, "POST").build(), BodyHandlers.ofString())
        .thenApply(response -> textOf(node, response));
  }

  /** What a failure of {@link #postLater} means. */
  static CommandException explained(String node, Throwable failure) {
    return failure instanceof CommandException known
        ? known
        : new CommandException(ExitCode.FAILED, unreachable(node, failure), failure);
  }

  /** What a command prints as JSON. */
  static String write(Object printed) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(printed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: type=" + printed.getClass().getSimpleName(), e);
    }
  }

  /** The same on one line. */
  public static String writeLine(Object printed) {
    try {
      return JSON.writeValueAsString(printed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: type=" + printed.getClass().getSimpleName(), e);
    }
  }

  private static String ask(String node, String path, String method) {
    return ask(node, request(node, path, method).timeout(Transport.TIMEOUT).build());
  }

  private static HttpRequest.Builder request(String node, String path, String method) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(Transport.scheme() + node + path))
              .header("X-Shardgrid", "command line")
              .method(method, BodyPublishers.noBody());
      Credentials.header().ifPresent(header -> request.header("Authorization", header));
      return request;
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, "--node: wanted is host:port, found is " + node, e);
    }
  }

  private static String ask(String node, HttpRequest request) {
    try {
      return textOf(node, Transport.http().send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, unreachable(node, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }

  private static String textOf(String node, HttpResponse<String> response) {
    if (response.statusCode() == OK) {
      return response.body();
    }
    String reason = reasonOf(response.body());
    if (response.statusCode() == BAD_REQUEST) {
      throw new CommandException(ExitCode.USAGE, reason);
    }
    if (response.statusCode() == UNAUTHORIZED) {
      throw new CommandException(
          ExitCode.FAILED,
          "The node wants to know who asks, or does not know this one: node="
              + node
              + "; give --user or --token-file ("
              + reason
              + ")");
    }
    if (response.statusCode() == FORBIDDEN || response.statusCode() == CONFLICT) {
      throw new CommandException(
          ExitCode.FAILED, "The node does not do this: node=" + node + "; " + reason);
    }
    throw new CommandException(
        ExitCode.FAILED,
        "The node has no answer now: node="
            + node
            + ", status="
            + response.statusCode()
            + ", reason="
            + reason);
  }

  /** What the node says is wrong, if it is a node that says so. */
  private static String reasonOf(String body) {
    try {
      return JSON.readTree(body).path("message").asText("none");
    } catch (JsonProcessingException e) {
      return "none, what answers is no node of Shardgrid";
    }
  }

  private static String unreachable(String node, Throwable failure) {
    Throwable cause = Verdict.unwrapped(failure);
    String tls = cause instanceof SSLException ? " (" + TlsTrouble.words(cause) + ")" : "";
    return "No node answers at "
        + Transport.scheme()
        + node
        + "; start one, or name its HTTP address with --node host:port"
        + tls;
  }

  /**
   * What an answer says.
   *
   * @throws CommandException when something else than a node answers
   */
  public static <T> T parse(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new CommandException(
          ExitCode.FAILED, "What answers is no node of Shardgrid: " + e.getOriginalMessage(), e);
    }
  }
}
