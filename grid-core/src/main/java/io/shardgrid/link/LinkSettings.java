package io.shardgrid.link;

import com.typesafe.config.Config;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * Settings of the links between nodes, {@code grid.link.*}. Immutable.
 *
 * @param frameBytes most bytes of a batch; a larger item has a frame of its own
 * @param frameBytesMax most bytes of a frame that is accepted from another node
 * @param outboxBytesMax most bytes that wait to be sent on one connection
 * @param operationsMax operations of another node that are under way here at once
 * @param operationBytesMax their bytes; one of more than half of them is refused
 * @param connectTimeout how long connecting may take, and then the handshake
 * @param reconnectMin wait before the first attempt to connect again
 * @param reconnectMax most wait between attempts
 * @param pingInterval how long a link may be idle before it is tested
 * @param silenceMax how long the other end may be silent before the link is closed
 */
public record LinkSettings(
    int frameBytes,
    int frameBytesMax,
    long outboxBytesMax,
    int operationsMax,
    long operationBytesMax,
    Duration connectTimeout,
    Duration reconnectMin,
    Duration reconnectMax,
    Duration pingInterval,
    Duration silenceMax) {

  private static final String PATH = "grid.link";
  private static final int FRAME_BYTES_MIN = 2048;
  private static final int FRAME_BYTES_MAX = 1 << 30;
  private static final Duration TICK = Duration.ofMillis(1);
  private static final Duration AGE = Duration.ofHours(1);

  /** Checks that the settings make sense together. */
  public LinkSettings {
    require(
        frameBytes >= FRAME_BYTES_MIN && frameBytes <= FRAME_BYTES_MAX / 2,
        "frame-bytes",
        "2 KiB to 512 MiB",
        frameBytes);
    require(
        frameBytesMax >= 2 * frameBytes && frameBytesMax <= FRAME_BYTES_MAX,
        "frame-bytes-max",
        "twice frame-bytes to 1 GiB",
        frameBytesMax);
    require(
        outboxBytesMax >= frameBytesMax && outboxBytesMax <= 1L << 40,
        "outbox-bytes-max",
        "frame-bytes-max to 1 TiB",
        outboxBytesMax);
    require(operationsMax >= 1, "operations-max", "at least 1", operationsMax);
    require(operationBytesMax >= 2, "operation-bytes-max", "at least 2", operationBytesMax);
    requireBetween(TICK, connectTimeout, AGE, "connect-timeout", "1 ms to 1 h");
    requireBetween(TICK, reconnectMin, AGE, "reconnect-min", "1 ms to 1 h");
    requireBetween(reconnectMin, reconnectMax, AGE, "reconnect-max", "reconnect-min to 1 h");
    requireBetween(TICK, pingInterval, AGE, "ping-interval", "1 ms to 1 h");
    Duration silenceMin = pingInterval.multipliedBy(2);
    requireBetween(silenceMin, silenceMax, AGE, "silence-max", "twice ping-interval to 1 h");
  }

  /**
   * Reads {@code grid.link}.
   *
   * @param grid the section {@code grid}
   * @throws GridConfigException if a value is missing or wrong
   */
  public static LinkSettings from(Config grid) {
    return StrictSettings.read(grid, "grid", section -> read(section.getConfig("link")));
  }

  private static LinkSettings read(Config link) {
    return new LinkSettings(
        bytes(link, "frame-bytes"),
        bytes(link, "frame-bytes-max"),
        link.getBytes("outbox-bytes-max"),
        link.getInt("operations-max"),
        link.getBytes("operation-bytes-max"),
        link.getDuration("connect-timeout"),
        link.getDuration("reconnect-min"),
        link.getDuration("reconnect-max"),
        link.getDuration("ping-interval"),
        link.getDuration("silence-max"));
  }

  /** Sizes that do not fit an int are beyond the bounds of their settings. */
  private static int bytes(Config link, String key) {
    return (int) Math.min(link.getBytes(key), Integer.MAX_VALUE);
  }

  private static void requireBetween(
      Duration min, Duration found, Duration max, String key, String wanted) {
    require(found.compareTo(min) >= 0 && found.compareTo(max) <= 0, key, wanted, found);
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, PATH + "." + key, wanted, found);
  }
}
