package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.AnswerHandler;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a shard needs of the node around it.
 *
 * @param peers takes messages to other nodes
 * @param placed hears of every placement that a replica learns of
 * @param answered takes answers to operations of other primaries, of which some may be this
 *     process's
 * @param meter counts what turns do
 * @param rules has rules decide
 * @param stores asks the stores of maps; null if none has one
 * @param cluster whether operations are followed, and the traces of moves
 */
record ShardSurroundings(
    Peers peers,
    Consumer<PlacementEntry> placed,
    AnswerHandler answered,
    LongSupplier nanoClock,
    TurnClock wallClock,
    ShardMeter meter,
    RuleRunner rules,
    @Nullable StoreRunner stores,
    ClusterTraces cluster) {

  /** The way to the replicas on other nodes. Thread-safe; may lose messages. */
  interface Peers {
    void send(NodeId to, ReplicaMessage message);
  }
}
