package io.shardgrid.node.cli;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.tls.LiveCredentials;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How this process talks to nodes that it asks: with or without TLS, as the command line says, else
 * {@code grid.client.tls}. One for the process, as the command line is. Thread-safe.
 */
public final class Transport {

  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static Transport current = new Transport(false, null, null, null);

  private final boolean isAsked;
  private final @Nullable Path authority;
  private final @Nullable Path certificate;
  private final @Nullable Path key;

  /** One for all requests: who polls would leave an open connection behind with each. */
  private @Nullable HttpClient http;

  private Transport(
      boolean isAsked, @Nullable Path authority, @Nullable Path certificate, @Nullable Path key) {
    this.isAsked = isAsked;
    this.authority = authority;
    this.certificate = certificate;
    this.key = key;
  }

  /** As {@code grid.client.tls} says. */
  public static synchronized void useSettings() {
    current = new Transport(false, null, null, null);
  }

  static synchronized void useTls() {
    current = new Transport(true, current.authority, current.certificate, current.key);
  }

  static synchronized void trust(Path authority) {
    current = new Transport(true, authority, current.certificate, current.key);
  }

  static synchronized void showCertificate(Path certificate) {
    current = new Transport(true, current.authority, certificate, current.key);
  }

  static synchronized void showKey(Path key) {
    current = new Transport(true, current.authority, current.certificate, key);
  }

  /**
   * The settings of a client of the grid.
   *
   * @throws io.shardgrid.failure.GridConfigException if a setting is wrong
   */
  public static synchronized ClientSettings settings() {
    ClientSettings loaded = ClientSettings.load();
    return current.isAsked
        ? loaded.withTls(
            Optional.ofNullable(current.authority),
            Optional.ofNullable(current.certificate),
            Optional.ofNullable(current.key))
        : loaded;
  }

  /** The beginning of the URL of a node's page. */
  static String scheme() {
    return settings().tls().isPresent() ? "https://" : "http://";
  }

  /**
   * What asks for pages.
   *
   * @throws io.shardgrid.failure.GridConfigException if certificates cannot be used
   */
  static synchronized HttpClient http() {
    HttpClient known = current.http;
    if (known == null) {
      known = newHttp();
      current.http = known;
    }
    return known;
  }

  private static HttpClient newHttp() {
    HttpClient.Builder client =
        HttpClient.newBuilder().connectTimeout(TIMEOUT).version(HttpClient.Version.HTTP_1_1);
    settings()
        .tls()
        .ifPresent(
            tls -> {
              // A command is short: what the files have now is enough.
              try (LiveCredentials credentials = LiveCredentials.open(tls)) {
                client.sslContext(credentials.context());
                client.sslParameters(LiveCredentials.parameters());
              }
            });
    return client.build();
  }
}
