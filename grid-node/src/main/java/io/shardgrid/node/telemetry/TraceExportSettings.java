package io.shardgrid.node.telemetry;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the spans of a node go, {@code grid.node.trace.*}. Immutable.
 *
 * @param endpoint base of the receiver's URLs; empty if nothing is followed
 * @param timeout how long a delivery may take, repeats included
 * @param interval how long a span waits for others before they are delivered together
 * @param queueMax most spans that wait or are being delivered; one beyond is dropped
 * @param batchMax most spans of a delivery
 * @param authorizationFile what the receiver wants in the header Authorization; empty for nothing
 * @param authority certificates that the receiver's is checked by; empty for those of Java
 */
public record TraceExportSettings(
    Optional<URI> endpoint,
    Duration timeout,
    Duration interval,
    int queueMax,
    int batchMax,
    Optional<Path> authorizationFile,
    Optional<Path> authority) {

  static final String AUTHORIZATION_FILE = "authorization-file";
  static final String CA_FILE = "ca-file";

  static final String PATH = "grid.node.trace";

  private static final String OFF = "off";
  private static final int QUEUE_MAX = 1 << 20;
  private static final Duration TIME_MIN = Duration.ofMillis(10);
  private static final Duration TIME_MAX = Duration.ofMinutes(1);

  /** Checks the bounds. */
  public TraceExportSettings {
    endpoint.ifPresent(TraceExportSettings::requireWeb);
    requireTime(timeout, "timeout");
    requireTime(interval, "interval");
    StrictSettings.require(
        queueMax >= 1 && queueMax <= QUEUE_MAX, PATH + ".queue-max", "1 to 1048576", queueMax);
    StrictSettings.require(
        batchMax >= 1 && batchMax <= queueMax, PATH + ".batch-max", "1 to queue-max", batchMax);
  }

  private static void requireWeb(URI endpoint) {
    String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
    StrictSettings.require(
        (scheme.equals("http") || scheme.equals("https")) && endpoint.getHost() != null,
        PATH + ".endpoint",
        "off, or a URL such as http://127.0.0.1:4318",
        endpoint);
  }

  private static void requireTime(Duration found, String key) {
    StrictSettings.require(
        found.compareTo(TIME_MIN) >= 0 && found.compareTo(TIME_MAX) <= 0,
        PATH + "." + key,
        "10 ms to 1 min",
        found);
  }

  /**
   * Reads {@code grid.node.trace}.
   *
   * @param grid the section {@code grid}
   */
  public static TraceExportSettings from(Config grid) {
    return StrictSettings.read(grid.getConfig("node.trace"), PATH, TraceExportSettings::read);
  }

  private static TraceExportSettings read(Config trace) {
    return new TraceExportSettings(
        endpoint(trace.getString("endpoint")),
        trace.getDuration("timeout"),
        trace.getDuration("interval"),
        trace.getInt("queue-max"),
        trace.getInt("batch-max"),
        file(trace, AUTHORIZATION_FILE),
        file(trace, CA_FILE));
  }

  private static Optional<Path> file(Config trace, String key) {
    String name = trace.getString(key);
    return name.equals(OFF) || name.equals("false")
        ? Optional.empty()
        : Optional.of(StrictSettings.path(PATH + "." + key, name));
  }

  private static Optional<URI> endpoint(String text) {
    if (text.equals(OFF) || text.equals("false")) {
      return Optional.empty();
    }
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      StrictSettings.require(
          false, PATH + ".endpoint", "off, or a URL such as http://127.0.0.1:4318", text);
      throw e;
    }
  }
}
