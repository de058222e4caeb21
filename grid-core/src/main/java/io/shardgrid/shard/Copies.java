package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The copies that a primary makes of its shard in one reign: of learners, and for those who read it
 * out. Confined to the primary.
 */
final class Copies {

  private final ReplicaState state;
  private final ReplicationSettings settings;
  private final CopyPace pace;
  private final Map<NodeId, CopySource> copies = new LinkedHashMap<>();

  /** The last stream to each node, so that the next one has a higher number. */
  private final Map<NodeId, Long> streams = new HashMap<>();

  private final Exports exports;

  Copies(ReplicaState state, ReplicationSettings settings, CopyPace pace) {
    this.state = state;
    this.settings = settings;
    this.pace = pace;
    this.exports = new Exports(state, settings, pace);
  }

  /** Those who read the shard out. */
  Exports exports() {
    return exports;
  }

  /** Those of learners that are under way, a view. */
  Collection<CopySource> all() {
    return Collections.unmodifiableCollection(copies.values());
  }

  /** Whether nobody needs the writes of this reign but those who are required for them. */
  boolean isEmpty() {
    return copies.isEmpty() && exports.isEmpty();
  }

  /** Begins one, unless one to this node is under way. */
  void begin(NodeId target, long nowNanos) {
    if (!copies.containsKey(target)) {
      long stream = streams.getOrDefault(target, 0L) + 1;
      copies.put(target, new CopySource(state, settings, pace, target, stream, nowNanos));
    }
  }

  /** Gives one up, unless it is whole: then it is the placement's turn. */
  void cancel(NodeId target, ReplicaEffects effects) {
    CopySource copy = copies.get(target);
    if (copy != null && copy.state() != CopyState.SYNCING) {
      copy.abort(CopyEnd.CANCELLED, effects);
      forgetEnded();
    }
  }

  /**
   * A newer placement: whoever is named is done; of the others only those go on that it leaves to
   * this primary.
   *
   * @param required whom writes wait for
   */
  void placed(
      List<NodeId> inSync, boolean isDraining, Set<NodeId> required, ReplicaEffects effects) {
    for (CopySource copy : copies.values()) {
      if (inSync.contains(copy.target())) {
        copy.done(effects);
      } else if (isDraining) {
        copy.abort(CopyEnd.REIGN_OVER, effects);
      } else if (copy.state() == CopyState.SYNCING && !required.contains(copy.target())) {
        copy.abort(CopyEnd.LEARNER_REMOVED, effects);
      }
    }
    forgetEnded();
  }

  /**
   * A learner's word.
   *
   * @return the copy if it has become whole by that, null otherwise
   */
  @Nullable CopySource acknowledged(
      NodeId from, CopyAck ack, long nowNanos, ReplicaEffects effects) {
    CopySource copy = copies.get(from);
    if (copy == null) {
      return null;
    }
    CopyState before = copy.state();
    copy.acknowledged(ack, nowNanos, effects);
    forgetEnded();
    return copy.state() == CopyState.SYNCING && before != CopyState.SYNCING ? copy : null;
  }

  /**
   * Sends what may be sent now but chunks.
   *
   * @return whether there are chunks, for {@link #fill}
   */
  boolean pump(long nowNanos, ReplicaEffects effects) {
    exports.expire(nowNanos);
    if (copies.isEmpty()) {
      return false;
    }
    copies.values().forEach(copy -> copy.pump(nowNanos, effects));
    forgetEnded();
    return hasMore();
  }

  /**
   * Sends a chunk of each copy that may send one.
   *
   * @return whether there are more, for another turn
   */
  boolean fill(long nowNanos, ReplicaEffects effects) {
    copies.values().forEach(copy -> copy.fill(nowNanos, effects));
    return hasMore();
  }

  private boolean hasMore() {
    return copies.values().stream().anyMatch(CopySource::hasMore);
  }

  /** Writes above this number may have to be sent again. */
  long keepsLogFrom() {
    long least = exports.keepsLogFrom();
    if (copies.isEmpty()) {
      return least;
    }
    for (CopySource copy : copies.values()) {
      least = Math.min(least, copy.keepsLogFrom());
    }
    return least;
  }

  /** The reign is over, and with it all that it sends. */
  void abort(ReplicaEffects effects) {
    copies.values().forEach(copy -> copy.abort(CopyEnd.REIGN_OVER, effects));
  }

  private void forgetEnded() {
    copies
        .values()
        .removeIf(
            copy -> {
              boolean hasEnded =
                  copy.state() == CopyState.DONE || copy.state() == CopyState.ABORTED;
              if (hasEnded) {
                streams.put(copy.target(), copy.stream());
              }
              return hasEnded;
            });
  }
}
