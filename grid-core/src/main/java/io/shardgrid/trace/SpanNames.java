package io.shardgrid.trace;

import io.shardgrid.key.NodeId;

/**
 * Names of what spans say. Those that begin with {@code db}, {@code error}, {@code server} and
 * {@code network} are of OpenTelemetry's semantic conventions for database calls, 1.33.
 */
public final class SpanNames {

  /** The system that is asked. */
  public static final String SYSTEM = "db.system.name";

  /** What {@link #SYSTEM} is here. */
  public static final String SHARDGRID = "shardgrid";

  /** The kind of the operation, in small letters. */
  public static final String OPERATION = "db.operation.name";

  /** The map. */
  public static final String MAP = "db.collection.name";

  /** Why it failed, one of few words. */
  public static final String ERROR = "error.type";

  /** The host that was asked. */
  public static final String SERVER = "server.address";

  /** Its port. */
  public static final String SERVER_PORT = "server.port";

  /** Number of the shard. */
  public static final String SHARD = "shardgrid.shard";

  /** Epoch of the placement by which it was asked. */
  public static final String EPOCH = "shardgrid.epoch";

  /** How it ended, as the label of the metrics. */
  public static final String OUTCOME = "shardgrid.outcome";

  /** How often it was sent. */
  public static final String ATTEMPTS = "shardgrid.attempts";

  /** Microseconds that it waited for its shard's turn. */
  public static final String WAIT = "shardgrid.wait_us";

  /** Microseconds of its shard's turn. */
  public static final String TURN = "shardgrid.turn_us";

  /** Number of the write in its shard. */
  public static final String SEQUENCE = "shardgrid.sequence";

  /** A node, as host and port of the cluster protocol. */
  public static final String NODE = "shardgrid.node";

  /** The seat in which a move began. */
  public static final String SEAT = "shardgrid.seat";

  /** The node that data moves from. */
  public static final String SOURCE = "shardgrid.source";

  /** The node that data moves to. */
  public static final String TARGET = "shardgrid.target";

  /** Bytes of a copy that were sent. */
  public static final String BYTES = "shardgrid.bytes";

  /** Microseconds for which a shard had no primary. */
  public static final String PAUSE = "shardgrid.pause_us";

  /** Number of an order of the autoscaler. */
  public static final String ORDER = "shardgrid.order";

  /** What was decided, or why something was given up, for people. */
  public static final String REASON = "shardgrid.reason";

  private SpanNames() {}

  /** Says of a span which node was asked. */
  public static void server(TraceSpan span, NodeId node) {
    span.put(SERVER, node.host()).put(SERVER_PORT, node.port());
  }
}
