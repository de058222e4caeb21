package io.shardgrid.node.provision;

import com.typesafe.config.Config;
import io.shardgrid.autoscale.Actuator;
import io.shardgrid.key.StrictSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is told of orders over HTTP, and how. Immutable.
 *
 * @param url where to; empty for nowhere
 * @param secretFile what requests are signed with; empty for the variable
 * @param secretVariable the environment variable that has it
 * @param leaver which nodes the receiver can end
 * @param authority certificates that the receiver's is checked by; empty for those of Java
 * @param requestTimeout how long an answer may take
 * @param answerBytesMax bytes of an answer that are read
 */
public record WebhookSettings(
    String url,
    Optional<Path> secretFile,
    String secretVariable,
    Actuator.Leaver leaver,
    Optional<Path> authority,
    Duration connectTimeout,
    Duration requestTimeout,
    int answerBytesMax) {

  static final String PATH = ProvisionSettings.PATH + ".webhook";

  private static final int ANSWER_BYTES_MAX = 1 << 20;

  public WebhookSettings {
    require(url.isEmpty() || WebAddress.isUrl(url), "url", "http or https with a host", url);
    require(!secretVariable.isBlank(), "secret-variable", "a name", "'" + secretVariable + "'");
    require(connectTimeout.toMillis() >= 1, "connect-timeout", "at least 1 ms", connectTimeout);
    require(requestTimeout.toMillis() >= 1, "request-timeout", "at least 1 ms", requestTimeout);
    require(
        answerBytesMax >= 256 && answerBytesMax <= ANSWER_BYTES_MAX,
        "answer-bytes-max",
        "256 bytes to 1 MiB",
        answerBytesMax);
  }

  static WebhookSettings from(Config provision) {
    return StrictSettings.read(
        provision.getConfig("webhook"),
        PATH,
        webhook ->
            new WebhookSettings(
                webhook.getString("url"),
                KubernetesSettings.path(webhook, PATH, "secret-file"),
                webhook.getString("secret-variable"),
                ProvisionSettings.choice(
                    Actuator.Leaver.class, PATH + ".leaver", webhook.getString("leaver")),
                KubernetesSettings.path(webhook, PATH, "ca-file"),
                webhook.getDuration("connect-timeout"),
                webhook.getDuration("request-timeout"),
                (int) Math.min(Integer.MAX_VALUE, webhook.getBytes("answer-bytes-max"))));
  }

  /** Refuses settings by which nobody can be told. */
  void requireUsable() {
    require(!url.isEmpty(), "url", "where orders are sent to", "nothing");
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, PATH + "." + key, wanted, found);
  }
}
