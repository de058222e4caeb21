package io.shardgrid.node.provision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.Provision.Accepted;
import io.shardgrid.autoscale.Provision.Failed;
import io.shardgrid.autoscale.Provision.Refused;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MemberView;
import io.shardgrid.node.cli.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Changes the number of replicas of a StatefulSet, by its {@code scale} sub-resource: Kubernetes
 * starts the pods that are missing, or ends the last one. Thread-safe.
 *
 * <p>A change names the version of what was read, so of two that change it at once one is refused,
 * and reads again. Whatever became of a change whose answer is lost, the next try reads it.
 */
final class KubernetesScale implements Actuator {

  private static final String REPLICAS = "/spec/replicas";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;

  private final KubernetesSettings settings;
  private final ApiServer api;
  private final OrderDesk desk;

  /** One try to carry an order out, with what it is about. */
  private record Attempt(ScaleOrder order, String namespace, String name, int number) {
    Attempt next() {
      return new Attempt(order, namespace, name, number + 1);
    }

    String path() {
      return "/apis/apps/v1/namespaces/" + namespace + "/statefulsets/" + name + "/scale";
    }
  }

  private KubernetesScale(KubernetesSettings settings, ApiServer api) {
    this.settings = settings;
    this.api = api;
    this.desk = new OrderDesk("kubernetes");
  }

  /**
   * Prepares; asks nothing yet.
   *
   * @throws io.shardgrid.failure.GridConfigException if no server is set and this is no pod
   */
  static KubernetesScale create(
      KubernetesSettings settings, ProvisionContext.Environment environment) {
    return new KubernetesScale(settings, ApiServer.find(settings, environment));
  }

  @Override
  public String name() {
    return ProvisionSettings.word(ProvisionSettings.Kind.KUBERNETES);
  }

  @Override
  public Leaver leaver() {
    return Leaver.HIGHEST_ORDINAL;
  }

  @Override
  public CompletionStage<Provision> carryOut(ScaleOrder order, List<MemberView> members) {
    return desk.carryOut(
        order,
        () -> {
          try {
            return read(new Attempt(order, api.namespace(), settings.statefulSet(), 1));
          } catch (UnusableSettingException e) {
            return CompletableFuture.completedStage(unusable(e));
          }
        });
  }

  @Override
  public void close() {
    desk.close();
  }

  private CompletionStage<Provision> read(Attempt attempt) {
    return api.get(attempt.path())
        .handle(
            (answer, failure) ->
                answer != null
                    ? onRead(attempt, answer)
                    : CompletableFuture.completedStage(
                        failed("the API server cannot be asked", failure)))
        .thenCompose(next -> next);
  }

  private CompletionStage<Provision> onRead(Attempt attempt, ApiServer.Answer answer) {
    if (answer.status() == TOO_MANY_REQUESTS) {
      return later(attempt, answer);
    }
    if (!answer.isOk()) {
      return CompletableFuture.completedStage(explained(attempt, answer));
    }
    JsonNode scale = answer.body();
    // Kubernetes leaves a number of 0 out.
    JsonNode replicas = scale.at(REPLICAS);
    boolean isNumber = replicas.isMissingNode() ? scale.path("spec").isObject() : replicas.isInt();
    if (!isNumber || scale.at("/metadata/resourceVersion").asText("").isEmpty()) {
      return CompletableFuture.completedStage(
          new Failed("what the API server answers is no Scale: " + where(attempt)));
    }
    ReplicaStep step = ReplicaStep.of(attempt.order, replicas.asInt(0), lastPod(attempt.order));
    if (step instanceof ReplicaStep.Change change) {
      return change(attempt, (ObjectNode) scale, change.replicas());
    }
    return CompletableFuture.completedStage(
        step instanceof ReplicaStep.Refuse refuse
            ? new Refused(refuse.reason() + ", " + where(attempt))
            : new Accepted(((ReplicaStep.Nothing) step).text() + seen(scale)));
  }

  private CompletionStage<Provision> change(Attempt attempt, ObjectNode scale, int replicas) {
    ((ObjectNode) scale.path("spec")).put("replicas", replicas);
    return api.put(attempt.path(), scale)
        .handle(
            (answer, failure) ->
                answer != null
                    ? onChanged(attempt, answer, replicas)
                    : CompletableFuture.completedStage(
                        failed("nobody knows whether the change took effect", failure)))
        .thenCompose(next -> next);
  }

  private CompletionStage<Provision> onChanged(
      Attempt attempt, ApiServer.Answer answer, int replicas) {
    if (answer.status() == CONFLICT) {
      return again(attempt, backoff(attempt.number), "somebody else changes it");
    }
    if (answer.status() == TOO_MANY_REQUESTS) {
      return later(attempt, answer);
    }
    if (!answer.isOk()) {
      return CompletableFuture.completedStage(explained(attempt, answer));
    }
    JsonNode found = answer.body().at(REPLICAS);
    if (found.isInt() && found.asInt() == replicas) {
      return CompletableFuture.completedStage(
          new Accepted("it is set: replicas=" + replicas + seen(answer.body())));
    }
    return CompletableFuture.completedStage(
        new Failed(
            "the API server took the change and answers something else: wanted="
                + replicas
                + ", found="
                + Wording.excerpt(found.toString())
                + ", "
                + where(attempt)));
  }

  /** Tries again when the server says so, if that is soon. */
  private CompletionStage<Provision> later(Attempt attempt, ApiServer.Answer answer) {
    Duration pause = answer.retryAfter().orElseGet(() -> backoff(attempt.number));
    Duration longest = settings.bounds().retryAfterMax();
    return pause.compareTo(longest) <= 0
        ? again(attempt, pause, "the API server has too much to do")
        : CompletableFuture.completedStage(
            new Failed(
                "the API server has too much to do: Retry-After="
                    + pause.toSeconds()
                    + " s, retry-after-max="
                    + longest.toMillis()
                    + " ms"));
  }

  private CompletionStage<Provision> again(Attempt attempt, Duration pause, String why) {
    int triesMax = settings.bounds().triesMax();
    return attempt.number >= triesMax
        ? CompletableFuture.completedStage(
            new Failed(why + ": tries=" + triesMax + ", " + where(attempt)))
        : desk.pause(pause).thenCompose(over -> read(attempt.next()));
  }

  private Duration backoff(int number) {
    long doubled = settings.bounds().backoffMin().toMillis() << Math.min(number - 1, 20);
    return Duration.ofMillis(Math.min(doubled, settings.bounds().backoffMax().toMillis()));
  }

  /** What an answer means that is neither what was asked for nor to be asked for again. */
  private static Provision explained(Attempt attempt, ApiServer.Answer answer) {
    String said = ", status=" + answer.status() + ", message=" + answer.message();
    String what = "statefulset=" + attempt.name + ", namespace=" + attempt.namespace;
    return switch (answer.status()) {
      case UNAUTHORIZED ->
          new Refused(
              "the API server does not know the token: " + what + said + "; see token-file");
      case FORBIDDEN ->
          new Refused(
              "the service account may not do this: "
                  + what
                  + said
                  + "; bind a Role with get, update and patch on statefulsets/scale of this name");
      case NOT_FOUND ->
          new Refused("there is no such StatefulSet: " + what + said + "; see stateful-set");
      default ->
          answer.status() >= 400 && answer.status() < 500
              ? new Refused("the API server refuses: " + what + said)
              : new Failed("the API server failed: " + what + said);
    };
  }

  private String lastPod(ScaleOrder order) {
    return settings.statefulSet() + "-" + (settings.firstOrdinal() + order.before() - 1);
  }

  /** The number of pods that there are, which follows the one that is set. */
  private static String seen(JsonNode scale) {
    return ", pods now=" + scale.at("/status/replicas").asInt(0);
  }

  private String where(Attempt attempt) {
    return "order=" + attempt.order.number() + ", server=" + api.server() + attempt.path();
  }

  private Provision failed(String what, Throwable failure) {
    return Verdict.unwrapped(failure) instanceof UnusableSettingException e
        ? unusable(e)
        : new Failed(what + ": server=" + api.server() + ", cause=" + Wording.cause(failure));
  }

  private static Provision unusable(UnusableSettingException failure) {
    return new Refused(String.valueOf(failure.getMessage()));
  }
}
