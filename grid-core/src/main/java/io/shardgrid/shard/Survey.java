package io.shardgrid.shard;

/**
 * What a replica holds and does at one moment. Immutable.
 *
 * @param shard number of the shard
 * @param epoch of the newest placement known, or {@link io.shardgrid.key.Epoch#NONE}
 * @param seat the seat in which this replica acts or whose data it kept, or none
 * @param acting whether it acts in that seat now
 * @param sequence number of the last write it holds
 * @param entries of all maps; expired ones count until they are removed
 * @param liveBytes bytes of these entries
 * @param reservedBytes bytes taken from the budget
 * @param evicted entries removed to make room so far
 * @param expired entries removed since their deadline had passed so far
 * @param dropped operations dropped without an answer so far: too late, or ended by their client
 * @param refused operations refused until later so far
 */
public record Survey(
    int shard,
    long epoch,
    long seat,
    boolean acting,
    long sequence,
    long entries,
    long liveBytes,
    long reservedBytes,
    long evicted,
    long expired,
    long dropped,
    long refused) {}
