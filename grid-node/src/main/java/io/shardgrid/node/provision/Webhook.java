package io.shardgrid.node.provision;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.Provision.Accepted;
import io.shardgrid.autoscale.Provision.Failed;
import io.shardgrid.autoscale.Provision.Refused;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MemberView;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tells whoever answers at a URL of each order. Thread-safe.
 *
 * <p>A request is a POST of JSON in UTF-8, as {@code {"order":12,"kind":"growth","before":3,
 * "nodes":5,"leaving":"","at":"2026-01-31T12:00:00Z","cluster":"shardgrid"}}; {@code kind} is
 * {@code growth} or {@code removal}, and {@code leaving} names the node that ends, if one does.
 *
 * <p>The same order may come again, from another node too, with the same {@code Idempotency-Key:
 * <cluster>-<order>} (the cluster's name as in a URL); it is to be carried out once, and each time
 * answered with what became of it. {@link Signature} says who has sent it.
 *
 * <p>An answer of 2xx says that the order is taken up, one of 4xx that it never will be. 408, 425,
 * 429, 5xx, and no answer in time have the order sent again later.
 */
final class Webhook implements Actuator {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  private final WebhookSettings settings;
  private final ProvisionContext context;
  private final InstantSource clock;
  private final Web web;
  private final OrderDesk desk;

  private Webhook(WebhookSettings settings, ProvisionContext context, InstantSource clock) {
    this.settings = settings;
    this.context = context;
    this.clock = clock;
    this.web =
        new Web(
            settings.authority(),
            WebhookSettings.PATH + ".ca-file",
            settings.connectTimeout(),
            settings.requestTimeout());
    this.desk = new OrderDesk("webhook");
  }

  static Webhook create(WebhookSettings settings, ProvisionContext context) {
    return create(settings, context, InstantSource.system());
  }

  /**
   * Prepares; sends nothing yet.
   *
   * @param clock dates the signatures
   */
  static Webhook create(WebhookSettings settings, ProvisionContext context, InstantSource clock) {
    return new Webhook(settings, context, clock);
  }

  @Override
  public String name() {
    return ProvisionSettings.word(ProvisionSettings.Kind.WEBHOOK);
  }

  @Override
  public Leaver leaver() {
    return settings.leaver();
  }

  @Override
  public CompletionStage<Provision> carryOut(ScaleOrder order, List<MemberView> members) {
    return desk.carryOut(order, () -> send(order));
  }

  @Override
  public void close() {
    desk.close();
  }

  private CompletionStage<Provision> send(ScaleOrder order) {
    try {
      return web.send(request(order), BoundedBody.firstOf(settings.answerBytesMax()))
          .handle(
              (response, failure) ->
                  response != null
                      ? judged(order, response)
                      : new Failed(
                          "the receiver does not answer: %s, cause=%s"
                              .formatted(where(order), Wording.cause(failure))));
    } catch (UnusableSettingException e) {
      return CompletableFuture.completedStage(new Refused(String.valueOf(e.getMessage())));
    }
  }

  private HttpRequest request(ScaleOrder order) {
    byte[] body = body(order);
    return HttpRequest.newBuilder(URI.create(settings.url()))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", urlName(context.cluster()) + "-" + order.number())
        .header(Signature.HEADER, Signature.of(secret(), clock.instant(), body))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private byte[] body(ScaleOrder order) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("order", order.number())
            .put("kind", order.isGrowth() ? "growth" : "removal")
            .put("before", order.before())
            .put("nodes", order.nodes())
            .put("leaving", order.leaving())
            .put("at", order.at().toString())
            .put("cluster", context.cluster());
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Read each time: it may be changed while the node runs. */
  private String secret() {
    if (settings.secretFile().isPresent()) {
      return Signature.checked(
          Secret.line(settings.secretFile().get(), WebhookSettings.PATH + ".secret-file"),
          "the file of secret-file");
    }
    String key = WebhookSettings.PATH + ".secret-variable";
    String variable = settings.secretVariable();
    String value = context.environment().value(variable);
    if (value == null) {
      throw new UnusableSettingException(
          "there is no secret to sign with: %s=%s; set this variable, or secret-file"
              .formatted(key, variable));
    }
    return Signature.checked(Secret.checked(value, key, variable), "the variable " + variable);
  }

  private Provision judged(ScaleOrder order, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    String text = Wording.excerpt(new String(response.body(), StandardCharsets.UTF_8));
    if (status >= 200 && status < 300) {
      return new Accepted("the receiver took it up: status=" + status + ", answer=" + text);
    }
    String said = where(order) + ", status=" + status + ", answer=" + text;
    if (LATER.contains(status) || status >= 500) {
      return new Failed("the receiver could not take it up: " + said);
    }
    return status >= 400
        ? new Refused("the receiver refuses: " + said)
        : new Refused("the receiver sends elsewhere: " + said + "; set the URL that answers");
  }

  /** The address without what may be secret in it. */
  private String where(ScaleOrder order) {
    URI url = URI.create(settings.url());
    return "order=" + order.number() + ", receiver=" + url.getScheme() + "://" + url.getHost();
  }

  private static String urlName(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
