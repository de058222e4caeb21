package io.shardgrid.client;

import static io.shardgrid.key.StrictSettings.require;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.client.net.ConnectionSettings;
import io.shardgrid.client.net.Credentials;
import io.shardgrid.client.net.Login;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.route.RouterSettings;
import io.shardgrid.tls.TlsSettings;
import io.shardgrid.trace.TraceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a remote client finds its cluster and what it may hold and wait for, {@code grid.client}.
 * Immutable. Every key stands in this module's {@code reference.conf} with its meaning, unit and
 * bound.
 *
 * @param seeds addresses (host:port of RESP ports) by which it finds the cluster, tried in turn
 * @param connectTimeout how long connecting to a cluster may take at most
 * @param callbackThreads threads that complete stages
 * @param tickInterval how often deadlines are looked at
 * @param tls certificates of the connections; empty for connections without TLS
 * @param credentials who the client is to nodes that ask
 * @param connection bounds of the connections
 * @param route bounds and deadlines of operations
 * @param trace how many operations are followed
 */
public record ClientSettings(
    List<String> seeds,
    Duration connectTimeout,
    int callbackThreads,
    Duration tickInterval,
    Optional<TlsSettings> tls,
    Credentials credentials,
    ConnectionSettings connection,
    RouterSettings route,
    TraceSettings trace) {

  private static final String PATH = "grid.client";
  private static final int THREADS_MAX = 32_767;

  public ClientSettings {
    seeds = List.copyOf(seeds);
    require(!seeds.isEmpty(), PATH + ".seeds", "at least one host:port", "[]");
    require(
        connectTimeout.toMillis() >= 1, PATH + ".connect-timeout", "at least 1 ms", connectTimeout);
    require(
        callbackThreads >= 1 && callbackThreads <= THREADS_MAX,
        PATH + ".callback-threads",
        "1 to 32767, or auto",
        callbackThreads);
    require(
        tickInterval.toMillis() >= 1 && tickInterval.compareTo(Duration.ofSeconds(1)) <= 0,
        PATH + ".tick-interval",
        "1 ms to 1 s",
        tickInterval);
  }

  /**
   * Reads the application's configuration: {@code application.conf}, system properties, and for the
   * rest {@code reference.conf}.
   *
   * @throws GridConfigException when a key is unknown or wrong; names its path
   */
  public static ClientSettings load() {
    return from(ConfigFactory.load());
  }

  /**
   * Reads {@code grid.client}; what is missing is taken from {@code reference.conf}.
   *
   * @throws GridConfigException when a key is unknown or wrong; names its path
   */
  public static ClientSettings from(Config config) {
    Config reference =
        ConfigFactory.defaultReference(ClientSettings.class.getClassLoader()).getConfig(PATH);
    Config found = config.hasPath(PATH) ? section(config) : ConfigFactory.empty();
    StrictSettings.checkKeys(found.root(), reference.root(), PATH);
    Config client = found.withFallback(reference);
    return StrictSettings.read(client, PATH, ClientSettings::read);
  }

  /** The same settings with other seeds. */
  public ClientSettings withSeeds(List<String> others) {
    return new ClientSettings(
        others,
        connectTimeout,
        callbackThreads,
        tickInterval,
        tls,
        credentials,
        connection,
        route,
        trace);
  }

  /** The same settings with another limit for how long connecting may take. */
  public ClientSettings withConnectTimeout(Duration timeout) {
    return new ClientSettings(
        seeds, timeout, callbackThreads, tickInterval, tls, credentials, connection, route, trace);
  }

  /** The same settings with these certificates for TLS; empty for connections without it. */
  public ClientSettings withTls(Optional<TlsSettings> other) {
    return new ClientSettings(
        seeds,
        connectTimeout,
        callbackThreads,
        tickInterval,
        other,
        credentials,
        connection,
        route,
        trace);
  }

  /**
   * The same settings with TLS, by these PEM files.
   *
   * @param authorities that the nodes' certificates are checked by; empty for those of Java
   * @param certificate of the client itself, for nodes that ask for one; empty for none
   * @param key of that certificate
   */
  public ClientSettings withTls(
      Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
    TlsSettings known = tls.orElseGet(ClientSettings::referenceTls);
    return withTls(Optional.of(known.withFiles(text(certificate), text(key), text(authorities))));
  }

  private static String text(Optional<Path> file) {
    return file.map(Path::toString).orElse("");
  }

  private static TlsSettings referenceTls() {
    Config on = ConfigFactory.parseString(PATH + ".tls.enabled = on");
    return from(on).tls().orElseThrow();
  }

  /** The same settings for a user with this password. */
  public ClientSettings withUser(String user, String password) {
    Login login = new Login(user, password);
    return withCredentials(() -> login);
  }

  /** The same settings with a user who is asked for each time the client connects. */
  public ClientSettings withCredentials(Credentials others) {
    return new ClientSettings(
        seeds,
        connectTimeout,
        callbackThreads,
        tickInterval,
        tls,
        others,
        connection,
        route,
        trace);
  }

  private static Config section(Config config) {
    return StrictSettings.read(config, "grid", all -> all.getConfig(PATH));
  }

  private static ClientSettings read(Config client) {
    return new ClientSettings(
        client.getStringList("seeds"),
        client.getDuration("connect-timeout"),
        client.getString("callback-threads").equals("auto")
            ? Runtime.getRuntime().availableProcessors()
            : client.getInt("callback-threads"),
        client.getDuration("tick-interval"),
        TlsSettings.ofClient(client, PATH),
        CredentialSettings.from(client.getConfig("access")),
        ConnectionSettings.from(client.getConfig("connection")),
        RouterSettings.from(client, PATH),
        TraceSettings.from(client, PATH));
  }
}
