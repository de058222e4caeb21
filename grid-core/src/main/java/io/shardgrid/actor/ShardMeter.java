package io.shardgrid.actor;

import io.shardgrid.meter.NodeTally;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what turns of shards do, one for all shards of a node. Every operation and
 * message is counted; the clock is read for one of 16 requests that are answered at once, and for
 * one of 64 turns. Thread-safe.
 */
final class ShardMeter {

  /** Stands for a turn that is not timed. */
  static final long NOT_TIMED = Long.MIN_VALUE;

  private static final int AT_ONCE_MASK = 15;
  private static final int TURNS_MASK = 63;

  private final @Nullable NodeTally node;
  private final LongSupplier nanoClock;

  /**
   * Counts for a node.
   *
   * @param node null to count nothing
   */
  ShardMeter(@Nullable NodeTally node, LongSupplier nanoClock) {
    this.node = node;
    this.nanoClock = nanoClock;
  }

  /**
   * A turn begins; what {@link #turnEnds} is to be told.
   *
   * @param turn its number in its shard
   */
  long turnBegins(int turn) {
    return node != null && (turn & TURNS_MASK) == 0 ? nanoClock.getAsLong() : NOT_TIMED;
  }

  void turnEnds(int shard, long beganNanos) {
    if (node != null && beganNanos != NOT_TIMED) {
      node.turns(node.groupOf(shard)).add(nanoClock.getAsLong() - beganNanos);
    }
  }

  void turnFailed() {
    if (node != null) {
      node.turnsFailed().increment();
    }
  }

  /** A request was answered at once, in a turn that began then. */
  void atOnce(String map, Request request, Answer answer, int turn, long beganNanos) {
    if (node == null) {
      return;
    }
    node.answered(map, request, answer);
    if ((turn & AT_ONCE_MASK) == 0) {
      node.took(map, request, answer, nanoClock.getAsLong() - beganNanos);
    }
  }

  void answered(Operation operation, Answer answer) {
    if (node != null) {
      node.answered(operation.map(), operation.request(), answer);
    }
  }

  /** An operation took so long from its arrival until its answer could be told. */
  void took(Operation operation, Answer answer, long nanos) {
    if (node != null) {
      node.took(operation.map(), operation.request(), answer, nanos);
    }
  }

  void dropped(Operation operation) {
    if (node != null) {
      node.dropped(operation.map(), operation.request());
    }
  }

  /** Another node's replica has said something. */
  void received(ReplicaMessage message, long nowNanos) {
    if (node != null && message instanceof AppendAck ack) {
      node.acknowledgements().add(nowNanos - ack.sentAtEcho());
    }
  }

  /** Something is sent to another node's replica. */
  void sent(ReplicaMessage message) {
    if (node != null && message instanceof Append append && !append.writes().isEmpty()) {
      node.batches().add(append.writes().size());
    }
  }

  /** A newer placement was learnt of. */
  void placed() {
    if (node != null) {
      node.epochChanges().increment();
    }
  }

  void handedOver(long pauseNanos) {
    if (node != null) {
      node.pauses().add(pauseNanos);
    }
  }
}
