package io.shardgrid.actor;

import io.shardgrid.meter.NodeTally;
import io.shardgrid.meter.ShardTally;
import io.shardgrid.meter.StripedHistogram;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what a shard's turns do. Every operation and message is counted; the clock is
 * read for one of eight reads that are answered at once, and for one of 64 turns.
 *
 * <p>Confined to the turns of its {@link ShardActor}.
 */
final class ShardMeter {

  /** Stands for a turn that is not timed. */
  static final long NOT_TIMED = Long.MIN_VALUE;

  private static final int READS_MASK = 7;
  private static final int TURNS_MASK = 63;

  private final @Nullable NodeTally node;
  private final @Nullable ShardTally shard;
  private final @Nullable StripedHistogram turnTimes;
  private final LongSupplier nanoClock;
  private int turns;
  private int reads;

  /**
   * Counts for a shard.
   *
   * @param node null to count nothing
   */
  ShardMeter(@Nullable NodeTally node, int shard, LongSupplier nanoClock) {
    this.node = node;
    this.shard = node == null ? null : node.shard(shard);
    this.turnTimes = node == null ? null : node.turns(node.groupOf(shard));
    this.nanoClock = nanoClock;
  }

  /** A turn begins; what {@link #turnEnds} is to be told. */
  long turnBegins() {
    return turnTimes != null && (turns++ & TURNS_MASK) == 0 ? nanoClock.getAsLong() : NOT_TIMED;
  }

  void turnEnds(long beganNanos) {
    if (turnTimes != null && beganNanos != NOT_TIMED) {
      turnTimes.add(nanoClock.getAsLong() - beganNanos);
    }
  }

  void turnFailed() {
    if (node != null) {
      node.turnsFailed().increment();
    }
  }

  /** A read was answered at once, in a turn that began then. */
  void read(String map, Request request, Answer answer, long beganNanos) {
    if (shard == null || turnTimes == null) {
      return;
    }
    shard.answered(map, request, answer);
    int number = reads++;
    if ((number & READS_MASK) == 0) {
      long nanos = nanoClock.getAsLong() - beganNanos;
      shard.took(map, request, answer, nanos);
      if ((number & TURNS_MASK) == 0) {
        turnTimes.add(nanos);
      }
    }
  }

  void answered(Operation operation, Answer answer) {
    if (shard != null) {
      shard.answered(operation.map(), operation.request(), answer);
    }
  }

  /** An operation took so long from its arrival until its answer could be told. */
  void took(Operation operation, Answer answer, long nanos) {
    if (shard != null) {
      shard.took(operation.map(), operation.request(), answer, nanos);
    }
  }

  void dropped(Operation operation) {
    if (shard != null) {
      shard.dropped(operation.map(), operation.request());
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
