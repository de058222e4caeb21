package io.shardgrid.client.net;

import static io.shardgrid.key.StrictSettings.require;

import com.typesafe.config.Config;
import io.shardgrid.link.LinkSettings;
import java.time.Duration;

/**
 * The bounds of a client's connections, {@code grid.client.connection}. Immutable.
 *
 * @param threads event loops that all connections share
 * @param batchBytes most bytes of operations in one command; a larger one has its own
 * @param outboxBytesMax most bytes of operations that wait to be sent to one node
 * @param replyBytesMax most bytes of one reply; a larger one closes the connection
 * @param attemptTimeout how long one attempt to connect may take, the handshake included
 * @param reconnectMin first wait before a lost connection is tried again
 * @param reconnectMax longest such wait
 * @param pingInterval how long a connection may be idle before it is tested
 * @param silenceMax how long a node may be silent before its connection is closed
 */
public record ConnectionSettings(
    int threads,
    int batchBytes,
    long outboxBytesMax,
    int replyBytesMax,
    Duration attemptTimeout,
    Duration reconnectMin,
    Duration reconnectMax,
    Duration pingInterval,
    Duration silenceMax) {

  private static final String PATH = "grid.client.connection.";
  private static final int THREADS_MAX = 1024;
  private static final int BATCH_BYTES_MIN = 2 << 10;
  private static final int BATCH_BYTES_MAX = 1 << 24;
  private static final int REPLY_BYTES_MAX = 1 << 30;
  private static final long OUTBOX_BYTES_MAX = 1L << 40;
  private static final Duration WAIT_MAX = Duration.ofHours(1);

  public ConnectionSettings {
    require(threads >= 1 && threads <= THREADS_MAX, PATH + "threads", "1 to 1024", threads);
    require(
        batchBytes >= BATCH_BYTES_MIN && batchBytes <= BATCH_BYTES_MAX,
        PATH + "batch-bytes",
        "2 KiB to 16 MiB",
        batchBytes);
    require(
        outboxBytesMax >= 2L * batchBytes && outboxBytesMax <= OUTBOX_BYTES_MAX,
        PATH + "outbox-bytes-max",
        "at least twice batch-bytes, at most 1 TiB",
        outboxBytesMax);
    require(
        replyBytesMax >= 2 * batchBytes && replyBytesMax <= REPLY_BYTES_MAX,
        PATH + "reply-bytes-max",
        "at least twice batch-bytes, at most 1 GiB",
        replyBytesMax);
    requireWait("attempt-timeout", attemptTimeout);
    requireWait("reconnect-min", reconnectMin);
    requireWait("reconnect-max", reconnectMax);
    require(
        reconnectMax.compareTo(reconnectMin) >= 0,
        PATH + "reconnect-max",
        "at least reconnect-min",
        reconnectMax);
    requireWait("ping-interval", pingInterval);
    requireWait("silence-max", silenceMax);
    require(
        silenceMax.compareTo(pingInterval.multipliedBy(2)) >= 0,
        PATH + "silence-max",
        "at least twice ping-interval",
        silenceMax);
  }

  /** Reads the section {@code grid.client.connection}. */
  public static ConnectionSettings from(Config connection) {
    return new ConnectionSettings(
        connection.getInt("threads"),
        (int) Math.min(connection.getBytes("batch-bytes"), Integer.MAX_VALUE),
        connection.getBytes("outbox-bytes-max"),
        (int) Math.min(connection.getBytes("reply-bytes-max"), Integer.MAX_VALUE),
        connection.getDuration("attempt-timeout"),
        connection.getDuration("reconnect-min"),
        connection.getDuration("reconnect-max"),
        connection.getDuration("ping-interval"),
        connection.getDuration("silence-max"));
  }

  /** The same bounds as those of a link between nodes, whose machines the client shares. */
  LinkSettings asLink() {
    return new LinkSettings(
        batchBytes,
        replyBytesMax,
        Math.max(outboxBytesMax, replyBytesMax),
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        attemptTimeout,
        reconnectMin,
        reconnectMax,
        pingInterval,
        silenceMax);
  }

  private static void requireWait(String key, Duration found) {
    require(
        found.toMillis() >= 1 && found.compareTo(WAIT_MAX) <= 0, PATH + key, "1 ms to 1 h", found);
  }
}
