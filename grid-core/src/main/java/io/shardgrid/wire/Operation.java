package io.shardgrid.wire;

/**
 * One request on its way to a shard's primary. Immutable.
 *
 * @param map name of the map
 * @param shard number of the shard
 * @param client who asks; with {@code seq} it names the operation, so that a repeat is known
 * @param seq number of the operation, growing by one from 1 for each client and shard
 * @param doneBelow every operation of this client and shard with a smaller number has ended
 * @param minEpoch the epoch of the placement by which it was sent; a replica that knows only older
 *     ones holds it, a primary whose seat is newer refuses it
 * @param ageMillis how long ago it was first sent
 * @param deadlineNanos when it has to be numbered at the latest, by this process's monotonic clock
 */
public record Operation(
    String map,
    int shard,
    long client,
    long seq,
    long doneBelow,
    long minEpoch,
    long ageMillis,
    long deadlineNanos,
    Request request)
    implements PeerMessage {}
