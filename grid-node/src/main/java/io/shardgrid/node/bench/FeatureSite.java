package io.shardgrid.node.bench;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.security.PasswordHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Nodes with some features on and all others off, asked over the network by a client in this
 * process.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class FeatureSite implements AutoCloseable {

  private static final String USER = "bench";
  private static final String PASSWORD = "one that only this benchmark knows";
  private static final Duration CONNECT_MAX = Duration.ofSeconds(60);

  private final Set<Feature> features;
  private final int number;
  private final SpanSink spans = new SpanSink();
  private final BenchNodes nodes;
  private @Nullable LoopbackCertificate certificate;
  private @Nullable GridClient client;
  private @Nullable MeterReader reader;

  /**
   * Prepares a cluster without nodes.
   *
   * @param number of nodes to come
   * @param heap most memory of a node's objects
   * @param screen is told where the logs are, if it does not go well
   */
  FeatureSite(Set<Feature> features, int number, String heap, Screen screen) {
    this.features = features;
    this.number = number;
    this.nodes = new BenchNodes(this::settings, heap, screen);
  }

  /** Features in words. */
  static String title(Set<Feature> features) {
    return features.isEmpty()
        ? "none"
        : features.stream().sorted().map(Feature::title).collect(Collectors.joining(", "));
  }

  private String settings(Path directory) {
    StringBuilder text = new StringBuilder("grid.backups = 1\n");
    text.append("grid.metrics.enabled = ").append(features.contains(Feature.METERS)).append('\n');
    if (features.contains(Feature.TRACES)) {
      text.append("grid.node.trace.endpoint = \"" + spans.url() + "\"\n");
      text.append("grid.trace { sample-ratio = 0.01, per-second-max = 100000 }\n");
    }
    if (features.contains(Feature.TLS)) {
      LoopbackCertificate made = LoopbackCertificate.make(directory);
      certificate = made;
      text.append(
          "grid.tls { enabled = on, certificate-file = \"%s\", key-file = \"%s\", ca-file = \"%s\" }\n"
              .formatted(made.certificate(), made.key(), made.certificate()));
      text.append("grid.node.tls { resp = on }\n");
    }
    if (features.contains(Feature.USERS)) {
      String hash = PasswordHash.make(PasswordHash.Algorithm.ARGON2ID, PASSWORD);
      text.append(
          "grid.node.access { users.%s { password = \"%s\", roles = [read, write] }, "
                  .formatted(USER, hash)
              + "open-pages = [\"/health/live\", \"/health/ready\", \"/metrics\"] }\n");
    }
    return text.toString();
  }

  /** Starts the nodes, and returns when all of them serve. */
  Subject start() {
    List<NodeAddresses> addresses = nodes.start(number);
    ClientSettings settings =
        ClientSettings.load()
            .withSeeds(addresses.stream().map(NodeAddresses::resp).toList())
            .withConnectTimeout(CONNECT_MAX);
    LoopbackCertificate known = certificate;
    if (known != null) {
      settings =
          settings.withTls(Optional.of(known.certificate()), Optional.empty(), Optional.empty());
    }
    if (features.contains(Feature.USERS)) {
      settings = settings.withUser(USER, PASSWORD);
    }
    if (features.contains(Feature.METERS)) {
      reader = new MeterReader(addresses.stream().map(NodeAddresses::http).toList());
    }
    GridClient connected = GridClient.connect(settings);
    client = connected;
    return GridSubject.of(1, name -> connected.map(name, Codecs.string(), Codecs.bytes()));
  }

  /** What its processes have used so far, this one included. */
  Usage usage() {
    nodes.demandAlive();
    return Usage.with(nodes.processorTime(), -1);
  }

  /**
   * Demands that what is on has been of use: meters read, spans sent.
   *
   * @throws CommandException if something has not
   */
  void demandUsed() {
    if (features.contains(Feature.TRACES) && spans.bytes() == 0) {
      throw new CommandException(ExitCode.FAILED, "The nodes have sent no span");
    }
    if (reader != null) {
      reader.demandRead();
    }
  }

  /** It was of use: what its nodes have logged is of no interest. */
  void forgetLogs() {
    nodes.forgetLogs();
  }

  @Override
  public void close() {
    try (spans;
        nodes) {
      if (reader != null) {
        reader.close();
      }
      if (client != null) {
        client.close();
      }
    }
  }
}
