package io.shardgrid.node.resp;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.wire.resp.RespLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * How the RESP server listens and what bounds its clients. Immutable.
 *
 * @param port where to listen; 0 for any free port
 */
public record RespSettings(
    int port, Mode mode, Bounds bounds, Timeouts timeouts, GuardSettings guards) {

  private static final String KEY = "grid.node.resp.";
  private static final int PORT_MAX = 65_535;

  /** What a batch of operations has beside one value: its key, the map's name, numbers. */
  private static final int BATCH_SLACK_BYTES = 128 << 10;

  /** How a listener treats keys of other nodes. */
  public enum Mode {
    /** Answers for every key. */
    PROXY,
    /** Answers for its own keys, and {@code MOVED} for those of others. */
    CLUSTER
  }

  /**
   * The bounds of connections.
   *
   * @param backlog connections that wait to be accepted
   * @param connectionsMax connections at once
   * @param pipelineMax commands of one connection that wait for their reply
   * @param operationsMax operations of one native connection that wait for their answer
   * @param argsMax arguments of a command
   * @param inlineBytesMax bytes of an inline command
   * @param valueBytesMax bytes of a value
   * @param batchBytesMax bytes of one bulk string, such as a batch of native operations
   * @param frameBytesMax bytes of a whole command
   * @param unsentBytesPause unsent bytes of replies at which a connection is not read any more
   * @param unsentBytesMax unsent bytes at which a connection is closed
   */
  public record Bounds(
      int backlog,
      int connectionsMax,
      int pipelineMax,
      int operationsMax,
      int argsMax,
      int inlineBytesMax,
      int valueBytesMax,
      int batchBytesMax,
      int frameBytesMax,
      int unsentBytesPause,
      int unsentBytesMax) {

    public Bounds {
      positive(backlog, "backlog");
      positive(connectionsMax, "connections-max");
      positive(pipelineMax, "pipeline-max");
      positive(operationsMax, "operations-max");
      positive(argsMax, "args-max");
      positive(inlineBytesMax, "inline-bytes-max");
      positive(valueBytesMax, "value-bytes-max");
      positive(unsentBytesPause, "unsent-bytes-pause");
      require(
          batchBytesMax >= (long) valueBytesMax + BATCH_SLACK_BYTES,
          "batch-bytes-max",
          "at least value-bytes-max + 128 KiB",
          batchBytesMax);
      require(
          frameBytesMax >= batchBytesMax,
          "frame-bytes-max",
          "at least batch-bytes-max",
          frameBytesMax);
      require(
          unsentBytesMax >= unsentBytesPause,
          "unsent-bytes-max",
          "at least unsent-bytes-pause",
          unsentBytesMax);
    }

    RespLimits limits() {
      return new RespLimits(argsMax, batchBytesMax, inlineBytesMax, frameBytesMax);
    }

    private static Bounds from(Config resp) {
      return new Bounds(
          resp.getInt("backlog"),
          resp.getInt("connections-max"),
          resp.getInt("pipeline-max"),
          resp.getInt("operations-max"),
          resp.getInt("args-max"),
          bytes(resp, "inline-bytes-max"),
          bytes(resp, "value-bytes-max"),
          bytes(resp, "batch-bytes-max"),
          bytes(resp, "frame-bytes-max"),
          bytes(resp, "unsent-bytes-pause"),
          bytes(resp, "unsent-bytes-max"));
    }
  }

  /**
   * When a connection that does not go on is closed.
   *
   * @param idle after this long without a command; empty for never
   * @param command after this long without a byte in the middle of a command
   * @param slowReader after this long without room for replies that wait to be sent
   */
  public record Timeouts(Optional<Duration> idle, Duration command, Duration slowReader) {

    public Timeouts {
      idle.ifPresent(duration -> positive(duration, "idle-timeout"));
      positive(command, "command-timeout");
      positive(slowReader, "slow-reader-timeout");
    }

    private static Timeouts from(Config resp) {
      boolean isOff = resp.getString("idle-timeout").equals("off");
      return new Timeouts(
          isOff ? Optional.empty() : Optional.of(resp.getDuration("idle-timeout")),
          resp.getDuration("command-timeout"),
          resp.getDuration("slow-reader-timeout"));
    }
  }

  public RespSettings {
    require(port >= 0 && port <= PORT_MAX, "port", "0 to " + PORT_MAX, port);
  }

  /** Reads {@code grid.node.resp}. */
  public static RespSettings from(Config grid) {
    return StrictSettings.read(
        grid.getConfig("node.resp"),
        "grid.node.resp",
        resp ->
            new RespSettings(
                resp.getInt("port"),
                mode(resp.getString("mode")),
                Bounds.from(resp),
                Timeouts.from(resp),
                GuardSettings.from(resp)));
  }

  private static Mode mode(String found) {
    boolean isCluster = found.equals("cluster");
    require(isCluster || found.equals("proxy"), "mode", "proxy or cluster", found);
    return isCluster ? Mode.CLUSTER : Mode.PROXY;
  }

  private static int bytes(Config resp, String key) {
    long bytes = resp.getBytes(key);
    require(bytes <= 1 << 30, key, "at most 1 GiB", bytes);
    return (int) bytes;
  }

  private static void positive(int found, String key) {
    require(found >= 1, key, "at least 1", found);
  }

  private static void positive(Duration found, String key) {
    require(found.toMillis() >= 1, key, "at least 1 ms", found);
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, KEY + key, wanted, found);
  }
}
