package io.shardgrid.node.admin;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * How the HTTP server listens and what bounds its clients. Immutable.
 *
 * @param port where to listen; 0 for any free port
 * @param backlog connections that wait to be accepted
 * @param connectionsMax connections at once
 * @param perSourceMax connections of one address at once
 * @param pipelineMax requests of one connection that wait for their response
 * @param requestBytesMax bytes of a request's body
 * @param reportTimeout time for the members to report
 * @param requestTimeout time for a request to arrive as a whole
 * @param idleTimeout a connection that is silent for so long is closed
 * @param console what bounds the console
 */
public record AdminSettings(
    int port,
    int backlog,
    int connectionsMax,
    int perSourceMax,
    int pipelineMax,
    int requestBytesMax,
    Duration reportTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    ConsoleSettings console) {

  private static final String PATH = "grid.node.http";
  private static final int PORT_MAX = 65_535;
  private static final int REQUEST_BYTES_MAX = 1 << 30;

  public AdminSettings {
    require(port >= 0 && port <= PORT_MAX, "port", "0 to " + PORT_MAX, port);
    require(backlog >= 1, "backlog", "at least 1", backlog);
    require(connectionsMax >= 1, "connections-max", "at least 1", connectionsMax);
    require(perSourceMax >= 1, "connections-per-source-max", "at least 1", perSourceMax);
    require(pipelineMax >= 1, "pipeline-max", "at least 1", pipelineMax);
    require(requestBytesMax >= 0, "request-bytes-max", "at least 0", requestBytesMax);
    require(reportTimeout.toMillis() >= 1, "report-timeout", "at least 1 ms", reportTimeout);
    require(requestTimeout.toMillis() >= 1, "request-timeout", "at least 1 ms", requestTimeout);
    require(idleTimeout.toMillis() >= 1, "idle-timeout", "at least 1 ms", idleTimeout);
  }

  /** Reads {@code grid.node.http}. */
  public static AdminSettings from(Config grid) {
    return StrictSettings.read(
        grid.getConfig("node.http"),
        PATH,
        http ->
            new AdminSettings(
                http.getInt("port"),
                http.getInt("backlog"),
                http.getInt("connections-max"),
                http.getInt("connections-per-source-max"),
                http.getInt("pipeline-max"),
                bytes(http, "request-bytes-max"),
                http.getDuration("report-timeout"),
                http.getDuration("request-timeout"),
                http.getDuration("idle-timeout"),
                ConsoleSettings.from(grid)));
  }

  private static int bytes(Config http, String key) {
    long bytes = http.getBytes(key);
    require(bytes <= REQUEST_BYTES_MAX, key, "at most 1 GiB", bytes);
    return (int) bytes;
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, PATH + "." + key, wanted, found);
  }
}
