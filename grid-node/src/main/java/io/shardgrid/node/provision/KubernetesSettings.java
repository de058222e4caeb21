package io.shardgrid.node.provision;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the number of replicas of a StatefulSet is read and changed. Immutable.
 *
 * @param server base URL of the API server; empty for that of the cluster this pod runs in
 * @param namespace namespace of the StatefulSet; empty for that of this pod
 * @param statefulSet its name
 * @param firstOrdinal number of its first pod
 * @param files what the service account has in the pod
 */
public record KubernetesSettings(
    Optional<String> server,
    Optional<String> namespace,
    String statefulSet,
    int firstOrdinal,
    Files files,
    Bounds bounds) {

  static final String PATH = ProvisionSettings.PATH + ".kubernetes";

  private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final int ANSWER_BYTES_MAX = 64 << 20;

  /**
   * The files of a service account.
   *
   * @param token what says who asks; empty to ask without
   * @param authority certificates that the server's is checked by; empty for those of Java
   * @param namespace the namespace of this pod
   */
  public record Files(Optional<Path> token, Optional<Path> authority, Path namespace) {

    private static Files from(Config kubernetes) {
      return new Files(
          path(kubernetes, PATH, "token-file"),
          path(kubernetes, PATH, "ca-file"),
          StrictSettings.path(PATH + ".namespace-file", kubernetes.getString("namespace-file")));
    }
  }

  /**
   * How often, how long, how much.
   *
   * @param triesMax requests of one kind for one order at most
   * @param retryAfterMax longest pause that the server may ask for
   */
  public record Bounds(
      Duration connectTimeout,
      Duration requestTimeout,
      int triesMax,
      Duration backoffMin,
      Duration backoffMax,
      Duration retryAfterMax,
      int answerBytesMax) {

    public Bounds {
      positive(connectTimeout, "connect-timeout");
      positive(requestTimeout, "request-timeout");
      require(triesMax >= 1 && triesMax <= 100, "tries-max", "1 to 100", triesMax);
      positive(backoffMin, "backoff-min");
      require(
          backoffMax.compareTo(backoffMin) >= 0, "backoff-max", "at least backoff-min", backoffMax);
      require(!retryAfterMax.isNegative(), "retry-after-max", "0 or more", retryAfterMax);
      require(answerBytesMax >= 1024, "answer-bytes-max", "at least 1 KiB", answerBytesMax);
    }

    private static Bounds from(Config kubernetes) {
      long bytes = kubernetes.getBytes("answer-bytes-max");
      require(bytes <= ANSWER_BYTES_MAX, "answer-bytes-max", "at most 64 MiB", bytes);
      return new Bounds(
          kubernetes.getDuration("connect-timeout"),
          kubernetes.getDuration("request-timeout"),
          kubernetes.getInt("tries-max"),
          kubernetes.getDuration("backoff-min"),
          kubernetes.getDuration("backoff-max"),
          kubernetes.getDuration("retry-after-max"),
          (int) bytes);
    }
  }

  public KubernetesSettings {
    server.ifPresent(
        url ->
            require(
                WebAddress.isSafe(url),
                "server",
                "auto, https://host:port, or http at a loopback address",
                url));
    namespace.ifPresent(name -> require(isName(name), "namespace", "auto or a name", name));
    require(isName(statefulSet), "stateful-set", "a name", "'" + statefulSet + "'");
    require(firstOrdinal >= 0, "first-ordinal", "0 or more", firstOrdinal);
  }

  static KubernetesSettings from(Config provision) {
    return StrictSettings.read(
        provision.getConfig("kubernetes"),
        PATH,
        kubernetes ->
            new KubernetesSettings(
                unlessAuto(kubernetes, "server"),
                unlessAuto(kubernetes, "namespace"),
                kubernetes.getString("stateful-set"),
                kubernetes.getInt("first-ordinal"),
                Files.from(kubernetes),
                Bounds.from(kubernetes)));
  }

  /**
   * Reads them from a node's file, over the reference.
   *
   * @param file HOCON with a section {@code grid}, or none
   * @throws GridConfigException when it cannot be read or a value is wrong
   */
  static KubernetesSettings load(@Nullable Path file) {
    try {
      Config own =
          file == null
              ? ConfigFactory.empty()
              : ConfigFactory.parseFile(
                  file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
      Config all =
          own.withFallback(
              ConfigFactory.defaultReference(KubernetesSettings.class.getClassLoader()));
      return from(all.resolve().getConfig(ProvisionSettings.PATH));
    } catch (ConfigException e) {
      throw new GridConfigException("A setting cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether this can be the name of an object. */
  static boolean isName(String name) {
    return name.matches(NAME);
  }

  /** A file, unless it is off. */
  static Optional<Path> path(Config section, String sectionPath, String key) {
    return Optional.of(section.getString(key))
        .filter(file -> !file.equals("off"))
        .map(name -> StrictSettings.path(sectionPath + "." + key, name));
  }

  private static Optional<String> unlessAuto(Config kubernetes, String key) {
    return Optional.of(kubernetes.getString(key)).filter(value -> !value.equals("auto"));
  }

  private static void positive(Duration duration, String key) {
    require(duration.toMillis() >= 1, key, "at least 1 ms", duration);
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, PATH + "." + key, wanted, found);
  }
}
