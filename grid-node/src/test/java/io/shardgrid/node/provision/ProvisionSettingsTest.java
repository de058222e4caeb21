package io.shardgrid.node.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.failure.GridConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProvisionSettingsTest {

  @Test
  void startsAndEndsNothingUnlessSet() {
    ProvisionSettings settings = SettingsOf.provision("");
    assertThat(settings.kind()).isEqualTo(ProvisionSettings.Kind.NONE);

    try (Actuator none = Actuators.from(settings, SettingsOf.context())) {
      assertThat(none.leaver()).isEqualTo(Actuator.Leaver.NONE);
      assertThat(none.name()).isEqualTo("none");
      assertThat(Orders.carriedOut(none, Orders.growth(1, 3, 4), List.of()))
          .isInstanceOf(Provision.Refused.class)
          .asString()
          .contains("grid.node.provision.kind=none", "local, kubernetes or webhook");
    }
  }

  @Test
  void makesWhatIsSet() {
    assertMade("kind = local", "local", Actuator.Leaver.ANY);
    assertMade(
        "kind = kubernetes, kubernetes.server = \"https://k:6443\"",
        "kubernetes",
        Actuator.Leaver.HIGHEST_ORDINAL);
    assertMade("kind = webhook, webhook.url = \"https://w/\"", "webhook", Actuator.Leaver.ANY);
  }

  @Test
  void namesTheKeyOfAWrongValue() {
    assertRefused("kind = other", "grid.node.provision.kind", "[none, local, kubernetes, webhook]");
    assertRefused("local.directory = \"\"", "local.directory");
    assertRefused("local.prefix = \"a/b\"", "local.prefix", "a/b");
    assertRefused("local.processes-max = 0", "local.processes-max", "1 to 256");
    assertRefused("local.starts-max = 0", "local.starts-max", "auto or 1 to 256");
    assertRefused("local.starts-max = some", "starts-max");
    assertRefused("local.failures-max = 0", "local.failures-max");
    assertRefused("local.heap = much", "local.heap", "much");
    assertRefused("local.command = [\"\"]", "local.command");
    assertRefused("local.end-timeout = 0s", "local.end-timeout");
    assertRefused("local.kill-timeout = soon", "kill-timeout");
    assertRefused("kubernetes.server = \"http://k:80\"", "kubernetes.server", "loopback");
    assertRefused("kubernetes.server = k", "kubernetes.server");
    assertRefused("kubernetes.namespace = \"a/b\"", "kubernetes.namespace");
    assertRefused("kubernetes.stateful-set = \"\"", "kubernetes.stateful-set");
    assertRefused("kubernetes.first-ordinal = -1", "kubernetes.first-ordinal");
    assertRefused("kubernetes.tries-max = 0", "kubernetes.tries-max");
    assertRefused("kubernetes.backoff-max = 1ms", "kubernetes.backoff-max", "backoff-min");
    assertRefused("kubernetes.answer-bytes-max = 1 GiB", "kubernetes.answer-bytes-max");
    assertRefused("webhook.url = \"ftp://w\"", "webhook.url");
    assertRefused("webhook.leaver = some", "webhook.leaver", "[any, highest-ordinal, none]");
    assertRefused("webhook.answer-bytes-max = 1", "webhook.answer-bytes-max");
  }

  @Test
  void wantsTheUrlOfAWebhookIfThatIsUsed() {
    assertRefused("kind = webhook", "grid.node.provision.webhook.url");
  }

  @Test
  void tellsNodesThatItStartsWhatTheyHaveInCommon() {
    Config reference = ConfigFactory.defaultReference().getConfig("grid");
    Config own =
        ConfigFactory.parseString(
                """
                name = a, found = on, seeds = ["h:1"], weight = 0, peer-port = 9171
                cluster-port = 10171, node.resp.port = 7171, node.http.port = 8171
                placement.expect = 3, zone = east, backups = 2, drain-timeout = 2 minutes
                maps { "s x" { eviction = lru }, "*" { bytes-max = 1 GiB } }
                node.provision.kind = local
                """)
            .withFallback(reference);

    Config shared = ConfigFactory.parseString(ProvisionSettings.shared(own, reference));

    assertThat(shared)
        .isEqualTo(
            ConfigFactory.parseString(
                """
                grid {
                  zone = east, backups = 2
                  maps { "s x" { eviction = lru }, "*" { bytes-max = 1 GiB } }
                  node.provision.kind = local
                }
                """));
  }

  private static void assertMade(String text, String name, Actuator.Leaver leaver) {
    try (Actuator made = Actuators.from(SettingsOf.provision(text), SettingsOf.context())) {
      assertThat(made.name()).isEqualTo(name);
      assertThat(made.leaver()).isEqualTo(leaver);
    }
  }

  private static void assertRefused(String text, String... named) {
    assertThatThrownBy(() -> SettingsOf.provision(text))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll(named);
  }
}
