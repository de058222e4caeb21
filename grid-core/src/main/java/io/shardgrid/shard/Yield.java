package io.shardgrid.shard;

import io.shardgrid.key.NodeId;

/**
 * Hands the right to act in a shard from one seat to the next. Immutable.
 *
 * <p>There is one such right a shard. Whoever has it and learns that another node is named passes
 * it on, whether it acted in its own seat or never could: so every change of the seat ends with
 * exactly one node that may act, and no newer placement can leave the right behind.
 *
 * @param shard number of the shard
 * @param seat the seat that has ended
 * @param nextSeat the only seat that may be taken with it
 * @param length sequence of the last write that was numbered in the shard; whoever holds less has
 *     not the data and cannot take the seat
 * @param holder the node that holds the shard's data up to there
 */
public record Yield(int shard, long seat, long nextSeat, long length, NodeId holder) {}
