package io.shardgrid.shard;

import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.NodeId;
import io.shardgrid.sight.MapSight;
import java.util.List;

/**
 * What a replica holds and does at one moment. Immutable.
 *
 * @param shard number of the shard
 * @param epoch of the newest placement known, or {@link io.shardgrid.key.Epoch#NONE}
 * @param seat the seat in which this replica acts or which it follows, or none
 * @param role what it is to its shard
 * @param sequence number of the last write it has applied
 * @param entries of all maps; expired ones count until they are removed
 * @param liveBytes bytes of these entries
 * @param reservedBytes bytes taken from the budget
 * @param maps the same, by map
 * @param evicted entries removed to make room so far
 * @param expired entries removed since their deadline had passed so far
 * @param dropped operations dropped without an answer so far: too late, or ended by their client
 * @param refused operations refused until later so far
 * @param uncommitted writes of its reign that wait for backups
 * @param copies the learners that it fills
 * @param check what it knows of comparisons with other replicas
 */
public record Survey(
    int shard,
    long epoch,
    long seat,
    Role role,
    long sequence,
    long entries,
    long liveBytes,
    long reservedBytes,
    List<MapSight> maps,
    long evicted,
    long expired,
    long dropped,
    long refused,
    long uncommitted,
    List<Filling> copies,
    Check check) {

  public Survey {
    maps = List.copyOf(maps);
    copies = List.copyOf(copies);
  }

  /** What a replica is to its shard. */
  public enum Role {
    /** It holds nothing. */
    NONE,
    /** It acts in the shard's seat. */
    PRIMARY,
    /** It is in the in-sync set. */
    BACKUP,
    /** It is being filled, or was and is not in the in-sync set yet. */
    LEARNER,
    /** It holds what the shard was once, as long as there are too few others. */
    STALE
  }

  /**
   * A copy under way.
   *
   * @param target the learner
   * @param bytesSent bytes sent so far, those sent again included
   * @param digest whether the learner has what this replica has
   * @param end why it was given up
   */
  public record Filling(
      NodeId target, CopyState state, long bytesSent, DigestVerdict digest, CopyEnd end) {}

  /**
   * What a replica knows of comparisons.
   *
   * @param askedAt as primary: number of the last write when it was last asked to have its backups
   *     compare
   * @param matchedAt as backup: number of the last write after which it had what its primary had
   * @param matches how often it had, since the node started
   * @param differences how often it had not, since then
   */
  public record Check(long askedAt, long matchedAt, long matches, long differences) {}
}
