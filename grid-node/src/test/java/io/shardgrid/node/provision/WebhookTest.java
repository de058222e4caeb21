package io.shardgrid.node.provision;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.Provision.Accepted;
import io.shardgrid.autoscale.Provision.Failed;
import io.shardgrid.autoscale.Provision.Refused;
import io.shardgrid.autoscale.ScaleOrder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a receiver that checks signatures as the settings' reference tells it to. */
final class WebhookTest {

  private static final String SECRET = "0123456789abcdef-secret";
  private static final Instant NOW = Instant.parse("2026-01-31T12:34:56Z");
  private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]+),v1=([0-9a-f]{64})");

  private final Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final HttpServer server;

  private volatile int status = 202;
  private volatile String answer = "ok";
  private volatile boolean isSilent;
  private volatile JsonNode body = new ObjectMapper().createObjectNode();
  private volatile String idempotencyKey = "";

  WebhookTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/orders", this::receive);
    server.start();
  }

  @AfterEach
  void stop() {
    end.complete(null);
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void sendsTheOrderSigned() {
    Provision provision = sent(Orders.growth(12, 3, 5));

    assertThat(provision).isInstanceOf(Accepted.class);
    assertThat(body.toString())
        .isEqualTo(
            "{\"order\":12,\"kind\":\"growth\",\"before\":3,\"nodes\":5,\"leaving\":\"\","
                + "\"at\":\"2026-01-31T12:00:00Z\",\"cluster\":\"grid für alle\"}");
    assertThat(idempotencyKey).isEqualTo("grid+f%C3%BCr+alle-12");
  }

  @Test
  void namesTheNodeThatLeaves() {
    sent(Orders.removal(13, 3, "c"));

    assertThat(body.path("kind").asText()).isEqualTo("removal");
    assertThat(body.path("leaving").asText()).isEqualTo("c");
  }

  @Test
  void sendsARepeatedOrderUnderTheSameKey() {
    sent(Orders.growth(12, 3, 5));
    String key = idempotencyKey;
    sent(Orders.growth(12, 3, 5));

    assertThat(idempotencyKey).isEqualTo(key);
  }

  @Test
  void isToldApartFromWhoeverHasAnotherSecret() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "another-secret-0123456789\n");

    Provision provision = sent(webhook("secret-file = \"" + file + '"'), Orders.growth(1, 3, 5));

    assertThat(provision).isInstanceOf(Refused.class);
    assertThat(provision.toString()).contains("status=401", "bad signature");
  }

  @Test
  void readsTheSecretOfItsFileForEachOrder() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "another-secret-0123456789\n");
    try (Actuator webhook = webhook("secret-file = \"" + file + '"')) {
      assertThat(Orders.carriedOut(webhook, Orders.growth(1, 3, 5), List.of()))
          .isInstanceOf(Refused.class);

      Files.writeString(file, SECRET + "\n");
      assertThat(Orders.carriedOut(webhook, Orders.growth(1, 3, 5), List.of()))
          .isInstanceOf(Accepted.class);
    }
  }

  @Test
  void refusesWithoutASecretOrWithOneThatCanBeGuessed() throws IOException {
    Provision none = sent(webhook("secret-variable = OTHER"), Orders.growth(1, 3, 5));
    assertThat(none).isInstanceOf(Refused.class);
    assertThat(none.toString()).contains("secret-variable=OTHER", "secret-file");

    Path file = Files.writeString(directory.resolve("secret"), "short-one");
    Provision tooShort = sent(webhook("secret-file = \"" + file + '"'), Orders.growth(1, 3, 5));
    assertThat(tooShort).isInstanceOf(Refused.class);
    assertThat(tooShort.toString()).contains("too short").doesNotContain("short-one");
  }

  @Test
  void takesARefusalForFinal() {
    status = 409;
    answer = "no\r\nbudget " + "x".repeat(10_000);

    Provision provision = sent(Orders.growth(1, 3, 5));

    assertThat(provision).isInstanceOf(Refused.class);
    assertThat(((Refused) provision).reason())
        .contains("status=409", "no budget xxx")
        .hasSizeLessThan(400);
    status = 302;
    assertThat(sent(Orders.growth(1, 3, 5)))
        .isInstanceOf(Refused.class)
        .asString()
        .contains("sends elsewhere");
  }

  @Test
  void failsWhenTheReceiverDoes() {
    for (int later : new int[] {408, 425, 429, 500, 503}) {
      status = later;
      assertThat(sent(Orders.growth(1, 3, 5))).isInstanceOf(Failed.class);
    }
    isSilent = true;
    assertThat(sent(Orders.growth(1, 3, 5)))
        .isInstanceOf(Failed.class)
        .asString()
        .contains("no answer in time");
    server.stop(0);
    assertThat(sent(Orders.growth(1, 3, 5)))
        .isInstanceOf(Failed.class)
        .asString()
        .contains("ConnectException");
  }

  @Test
  void tellsNothingOfTheSecret() {
    for (int code : new int[] {202, 401, 500}) {
      status = code;
      assertThat(sent(Orders.growth(1, 3, 5)).toString()).doesNotContain(SECRET);
    }
    assertThat(SettingsOf.provision("").toString()).doesNotContain(SECRET);
  }

  @Test
  void endsWhateverItsReceiverCan() {
    assertThat(webhook("").leaver()).isEqualTo(Actuator.Leaver.ANY);
    assertThat(webhook("leaver = highest-ordinal").leaver())
        .isEqualTo(Actuator.Leaver.HIGHEST_ORDINAL);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      if (isSilent) {
        end.join();
        return;
      }
      body = new ObjectMapper().readTree(bytes);
      idempotencyKey = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      String signature = exchange.getRequestHeaders().getFirst("Shardgrid-Signature");
      boolean isGenuine = isGenuine(signature, bytes);
      byte[] text = (isGenuine ? answer : "bad signature").getBytes(UTF_8);
      exchange.sendResponseHeaders(isGenuine ? status : 401, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  /** Written as a receiver would, and not as the sender is. */
  private static boolean isGenuine(String signature, byte[] body) {
    Matcher parts = SIGNATURE.matcher(signature);
    if (!parts.matches()) {
      return false;
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
    if (Duration.between(at, NOW).abs().compareTo(Duration.ofMinutes(5)) > 0) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(US_ASCII), "HmacSHA256"));
      mac.update(parts.group(1).getBytes(US_ASCII));
      mac.update((byte) '.');
      mac.update(body);
      return MessageDigest.isEqual(mac.doFinal(), HexFormat.of().parseHex(parts.group(2)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Actuator webhook(String more) {
    return Webhook.create(
        SettingsOf.provision(
                """
                kind = webhook
                webhook {
                  url = "http://127.0.0.1:%d/orders?key=hidden", request-timeout = 1s
                  %s
                }
                """
                    .formatted(server.getAddress().getPort(), more))
            .webhook(),
        new ProvisionContext(
            "grid für alle",
            "grid {}",
            name -> name.equals("SHARDGRID_WEBHOOK_SECRET") ? SECRET : null),
        () -> NOW);
  }

  private Provision sent(ScaleOrder order) {
    return sent(webhook(""), order);
  }

  private static Provision sent(Actuator webhook, ScaleOrder order) {
    try (webhook) {
      return Orders.carriedOut(webhook, order, List.of());
    }
  }
}
