package io.shardgrid.node.provision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.shardgrid.failure.GridConfigException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Asks the API server of Kubernetes, as the service account of this pod: its token, which is
 * renewed now and then, is read for each request.
 *
 * <p>Thread-safe. Reads small files on the calling thread, which is not a caller of the grid.
 */
final class ApiServer {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String AUTHORITY_KEY = KubernetesSettings.PATH + ".ca-file";

  /** Asks for names instead of whole objects. */
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  /**
   * An answer. Immutable.
   *
   * @param body what was sent; missing if that is no JSON
   * @param retryAfter what the server asks to wait; empty if it does not, or names a date
   */
  record Answer(int status, JsonNode body, Optional<Duration> retryAfter) {

    boolean isOk() {
      return status >= 200 && status < 300;
    }

    /** What the server says is wrong. */
    String message() {
      return Wording.excerpt(body.path("message").asText("none"));
    }
  }

  private final KubernetesSettings settings;
  private final String server;
  private final Web web;

  private ApiServer(KubernetesSettings settings, String server) {
    this.settings = settings;
    this.server = server;
    this.web =
        new Web(
            server.startsWith("https:") ? settings.files().authority() : Optional.empty(),
            AUTHORITY_KEY,
            settings.bounds().connectTimeout(),
            settings.bounds().requestTimeout());
  }

  /**
   * Finds the server; asks nothing yet.
   *
   * @throws GridConfigException if none is set and this is no pod
   */
  static ApiServer find(KubernetesSettings settings, ProvisionContext.Environment environment) {
    String server = settings.server().orElseGet(() -> ofPod(environment));
    return new ApiServer(settings, server.replaceAll("/+$", ""));
  }

  private static String ofPod(ProvisionContext.Environment environment) {
    String host = environment.value("KUBERNETES_SERVICE_HOST");
    String port = environment.value("KUBERNETES_SERVICE_PORT");
    if (host == null || port == null) {
      throw new GridConfigException(
          "There is no API server: key="
              + KubernetesSettings.PATH
              + ".server, wanted=a URL, or auto in a pod (which has KUBERNETES_SERVICE_HOST and"
              + " KUBERNETES_SERVICE_PORT), found=auto");
    }
    return "https://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** Where it is. */
  String server() {
    return server;
  }

  /**
   * The namespace that is asked about.
   *
   * @throws UnusableSettingException if the pod's is not known
   */
  String namespace() {
    return settings.namespace().orElseGet(this::ownNamespace);
  }

  private String ownNamespace() {
    Path file = settings.files().namespace();
    String key = KubernetesSettings.PATH + ".namespace-file";
    String name = Secret.line(file, key);
    if (!KubernetesSettings.isName(name)) {
      throw new UnusableSettingException(
          "the file has no name of a namespace: %s=%s".formatted(key, file));
    }
    return name;
  }

  /** Reads an object. */
  CompletableFuture<Answer> get(String path) {
    return ask(request -> request.GET(), path);
  }

  /** Reads a list, without what its objects are about. */
  CompletableFuture<Answer> list(String path) {
    return ask(request -> request.setHeader("Accept", METADATA_ONLY).GET(), path);
  }

  /** Replaces an object. */
  CompletableFuture<Answer> put(String path, JsonNode body) {
    BodyPublisher bytes = BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
    return ask(request -> request.header("Content-Type", "application/json").PUT(bytes), path);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path)).header("Accept", "application/json");
    settings
        .files()
        .token()
        .ifPresent(
            file ->
                request.header(
                    "Authorization",
                    "Bearer " + Secret.line(file, KubernetesSettings.PATH + ".token-file")));
    return request;
  }

  private CompletableFuture<Answer> ask(UnaryOperator<HttpRequest.Builder> request, String path) {
    try {
      return web.send(
              request.apply(request(path)).build(),
              BoundedBody.atMost(settings.bounds().answerBytesMax()))
          .thenApply(ApiServer::answer);
    } catch (UnusableSettingException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(
        response.statusCode(),
        json(response.body()),
        response.headers().firstValue("Retry-After").flatMap(ApiServer::seconds));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("[0-9]{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }
}
