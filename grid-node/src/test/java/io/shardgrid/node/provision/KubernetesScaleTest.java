package io.shardgrid.node.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.Provision.Accepted;
import io.shardgrid.autoscale.Provision.Failed;
import io.shardgrid.autoscale.Provision.Refused;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.failure.GridConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubernetesScaleTest {

  private static final ScaleOrder GROWTH = Orders.growth(1, 3, 5);

  private final Path directory;
  private final ScaleServer server;
  private Actuator scale;

  KubernetesScaleTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.server = ScaleServer.start(3);
    this.scale = scale("");
  }

  @BeforeEach
  void writeToken() throws IOException {
    Files.writeString(directory.resolve("token"), "token-1\n");
    Files.writeString(directory.resolve("namespace"), ScaleServer.NAMESPACE);
  }

  @AfterEach
  void stop() {
    scale.close();
    server.close();
  }

  @Test
  void endsThePodOfTheHighestNumberOnly() {
    assertThat(scale.leaver()).isEqualTo(Actuator.Leaver.HIGHEST_ORDINAL);
    assertThat(scale.name()).isEqualTo("kubernetes");
  }

  @Test
  void setsWhatTheOrderWants() {
    assertAccepted(carriedOut(GROWTH), "replicas=5");
    assertThat(server.replicas()).isEqualTo(5);

    assertAccepted(carriedOut(Orders.removal(2, 5, "grid-4")), "replicas=4");
    assertThat(server.replicas()).isEqualTo(4);
  }

  @Test
  void changesNothingWhenTheOrderIsRepeated() {
    carriedOut(GROWTH);

    assertAccepted(carriedOut(GROWTH), "set already");
    assertThat(server.requests()).containsExactly("GET", "PUT", "GET");
  }

  @Test
  void leavesAloneWhatIsLargerAlready() {
    server.scale(9);

    assertAccepted(carriedOut(GROWTH), "more are set already");
    assertThat(server.replicas()).isEqualTo(9);
  }

  @Test
  void refusesWhenSomebodyElseChangedIt() {
    server.scale(2);
    assertRefused(carriedOut(GROWTH), "found=2", "expected=3 to 5");

    server.scale(0);
    assertRefused(carriedOut(Orders.removal(2, 3, "grid-2")), "found=0", "expected=2 or 3");
    assertThat(server.requests()).doesNotContain("PUT");
  }

  @Test
  void refusesToEndAnotherPodThanTheDrainedOne() {
    assertRefused(carriedOut(Orders.removal(2, 3, "grid-0")), "drained=grid-0", "end=grid-2");
    assertThat(server.replicas()).isEqualTo(3);
  }

  @Test
  void countsPodsFromTheFirstOrdinal() {
    scale = scale("first-ordinal = 10");

    assertAccepted(carriedOut(Orders.removal(2, 3, "grid-12")), "replicas=2");
  }

  @Test
  void readsAgainAfterAConflict() {
    server.befall(ScaleServer.none(), ScaleServer.changing(4));

    assertAccepted(carriedOut(GROWTH), "replicas=5");
    assertThat(server.requests()).containsExactly("GET", "PUT", "GET", "PUT");
  }

  @Test
  void judgesAnewAfterAConflict() {
    server.befall(ScaleServer.none(), ScaleServer.changing(1));

    assertRefused(carriedOut(GROWTH), "found=1");
    assertThat(server.replicas()).isEqualTo(1);
  }

  @Test
  void givesUpWhenItIsChangedEachTime() {
    for (int time = 0; time < 5; time++) {
      server.befall(ScaleServer.none(), ScaleServer.changing(3));
    }

    assertFailed(carriedOut(GROWTH), "somebody else changes it", "tries=5");
    assertThat(server.replicas()).isEqualTo(3);
  }

  @Test
  void saysWhatToDoAboutMissingRights() {
    server.befall(ScaleServer.status(403, "Forbidden"));
    assertRefused(carriedOut(GROWTH), "Role", "statefulsets/scale", "namespace=data");

    server.befall(ScaleServer.none(), ScaleServer.status(403, "Forbidden"));
    assertRefused(carriedOut(GROWTH), "get, update and patch");
  }

  @Test
  void namesWhatDoesNotExist() {
    scale = scale("stateful-set = other");

    assertRefused(carriedOut(GROWTH), "statefulset=other", "namespace=data", "status=404");
  }

  @Test
  void readsTheTokenForEachRequest() throws IOException {
    server.expectToken("token-2");
    assertRefused(carriedOut(GROWTH), "does not know the token", "token-file");

    Files.writeString(directory.resolve("token"), "token-2");
    assertAccepted(carriedOut(GROWTH), "replicas=5");
  }

  @Test
  void tellsNothingOfATokenThatIsNone() throws IOException {
    Files.writeString(directory.resolve("token"), "se\u0001cret-token");
    assertRefused(carriedOut(GROWTH), "token-file");
    assertThat(carriedOut(GROWTH).toString()).doesNotContain("cret-token");

    Files.delete(directory.resolve("token"));
    assertRefused(carriedOut(GROWTH), "token-file", "NoSuchFileException");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void waitsAsTheServerAsksIfThatIsSoon() {
    server.befall(
        ScaleServer.status(429, "TooManyRequests", "Retry-After", "0"),
        ScaleServer.none(),
        ScaleServer.status(429, "TooManyRequests"));
    assertAccepted(carriedOut(GROWTH), "replicas=5");

    server.befall(ScaleServer.status(429, "TooManyRequests", "Retry-After", "3600"));
    assertFailed(carriedOut(Orders.growth(2, 5, 6)), "Retry-After=3600 s");
  }

  @Test
  void findsOutWhatBecameOfAChangeWithoutAnAnswer() {
    server.befall(ScaleServer.none(), ScaleServer.silent());
    assertFailed(carriedOut(GROWTH), "nobody knows whether", "no answer in time");
    assertThat(server.replicas()).isEqualTo(5);

    assertAccepted(carriedOut(GROWTH), "set already");
  }

  @Test
  void failsWhenTheServerDoes() {
    server.befall(ScaleServer.status(500, "InternalError"));
    assertFailed(carriedOut(GROWTH), "status=500", "the server says InternalError");
    server.befall(ScaleServer.answering(503, "no healthy\nupstream"));
    assertFailed(carriedOut(GROWTH), "status=503");
    server.befall(ScaleServer.halting());
    assertFailed(carriedOut(GROWTH), "no answer in time");
  }

  @Test
  void failsWhenNobodyAnswers() {
    server.close();

    assertFailed(carriedOut(GROWTH), "cannot be asked", "ConnectException");
  }

  @Test
  void failsWhenTheAnswerIsNoScale() {
    server.befall(ScaleServer.answering(200, "{\"kind\":\"Scale\",\"spec\":"));
    assertFailed(carriedOut(GROWTH), "is no Scale");
    server.befall(ScaleServer.answering(200, "{\"spec\":{\"replicas\":\"3\"}}"));
    assertFailed(carriedOut(GROWTH), "is no Scale");
    server.befall(ScaleServer.answering(200, "{\"spec\":{\"replicas\":3}}"));
    assertFailed(carriedOut(GROWTH), "is no Scale");
    server.befall(ScaleServer.none(), ScaleServer.answering(200, "gone"));
    assertFailed(carriedOut(GROWTH), "answers something else");
    assertThat(server.replicas()).isEqualTo(3);
  }

  @Test
  void readsNoMoreThanItMay() {
    server.befall(ScaleServer.answering(200, "{\"x\":\"" + "y".repeat(1 << 21) + "\"}"));

    assertFailed(carriedOut(GROWTH), "answer-bytes-max=1048576");
  }

  @Test
  void showsThatPodsDoNotCome() {
    server.stopPods();
    assertAccepted(carriedOut(GROWTH), "replicas=5", "pods now=3");

    assertAccepted(carriedOut(GROWTH), "set already", "pods now=3");
  }

  @Test
  void carriesOutAnOrderOnceAtATime() {
    CompletionStage<Provision> one = scale.carryOut(GROWTH, List.of());
    CompletionStage<Provision> other = scale.carryOut(GROWTH, List.of());

    assertAccepted(one.toCompletableFuture().join(), "");
    assertAccepted(other.toCompletableFuture().join(), "");
    assertThat(server.replicas()).isEqualTo(5);
  }

  @Test
  void setsItOnceWhenTwoNodesCarryTheOrderOut() {
    Actuator first = scale("");
    Actuator second = scale("");
    CompletionStage<Provision> one = first.carryOut(GROWTH, List.of());
    CompletionStage<Provision> other = second.carryOut(GROWTH, List.of());

    assertAccepted(one.toCompletableFuture().join(), "");
    assertAccepted(other.toCompletableFuture().join(), "");
    assertThat(server.replicas()).isEqualTo(5);
    first.close();
    second.close();
  }

  @Test
  void endsWhatIsUnderWayWhenItIsClosed() {
    server.befall(ScaleServer.halting());
    CompletionStage<Provision> open = scale.carryOut(GROWTH, List.of());
    scale.close();

    assertFailed(open.toCompletableFuture().join(), "this node is ending");
    assertFailed(carriedOut(GROWTH), "this node is ending");
  }

  @Test
  void asksTheServerOfItsPod() {
    KubernetesSettings settings = SettingsOf.provision("").kubernetes();

    assertThatThrownBy(() -> KubernetesScale.create(settings, name -> null))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.node.provision.kubernetes.server");
    ApiServer found = ApiServer.find(settings, name -> name.endsWith("HOST") ? "fd00::1" : "443");
    assertThat(found.server()).isEqualTo("https://[fd00::1]:443");
  }

  private Actuator scale(String more) {
    return KubernetesScale.create(
        SettingsOf.provision(
                """
                kind = kubernetes
                kubernetes {
                  server = "http://127.0.0.1:%d/", stateful-set = grid
                  token-file = "%2$s/token", namespace-file = "%2$s/namespace"
                  request-timeout = 1s, backoff-min = 1ms, backoff-max = 5ms
                  %3$s
                }
                """
                    .formatted(server.port(), directory, more))
            .kubernetes(),
        name -> null);
  }

  private Provision carriedOut(ScaleOrder order) {
    return Orders.carriedOut(scale, order, List.of());
  }

  private static void assertAccepted(Provision provision, String... said) {
    assertThat(provision).isInstanceOf(Accepted.class);
    assertThat(((Accepted) provision).text()).contains(said);
  }

  private static void assertFailed(Provision provision, String... said) {
    assertThat(provision).isInstanceOf(Failed.class);
    assertThat(((Failed) provision).reason()).contains(said);
  }

  private static void assertRefused(Provision provision, String... said) {
    assertThat(provision).isInstanceOf(Refused.class);
    assertThat(((Refused) provision).reason()).contains(said);
  }
}
