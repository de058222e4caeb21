package io.shardgrid.placement;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.NodeReport.CopyReport;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import io.shardgrid.shard.CopyState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shards whose moves an operator has cancelled, and the copies that may go on in spite of it:
 * the word to the primary may be lost, or come when the copy is whole. Not thread-safe.
 */
final class Cancellations {

  private final Set<Integer> shards = new HashSet<>();
  private final Map<Integer, NodeId> targets = new HashMap<>();

  /** Shards whose copy is to be called off (again). */
  private final Set<Integer> recalls = new HashSet<>();

  /** No move of this shard; a copy to {@code target} is under way if that is a node. */
  void add(int shard, @Nullable NodeId target) {
    shards.add(shard);
    if (target != null) {
      targets.put(shard, target);
      recalls.add(shard);
    }
  }

  boolean has(int shard) {
    return shards.contains(shard);
  }

  void clear() {
    shards.clear();
    targets.clear();
    recalls.clear();
  }

  /** A primary tells of a copy. */
  void reported(int shard, CopyReport copy) {
    boolean isFilling = copy.state() == CopyState.SCANNING || copy.state() == CopyState.ENDING;
    if (isFilling && copy.target().equals(targets.get(shard))) {
      recalls.add(shard);
    }
  }

  /** Calls the copy off; takes its target out if it was too late for that, and whether it does. */
  boolean followUp(Goal goal, PlacementEntry entry, Moves.Requests requests) {
    NodeId target = targets.get(goal.shard());
    if (target == null) {
      return false;
    }
    if (recalls.remove(goal.shard())) {
      requests.cancelCopy(requireNonNull(entry.primary()), goal.shard(), target);
    }
    boolean isSurplus =
        entry.inSync().contains(target)
            && !target.equals(entry.primary())
            && entry.inSync().size() > goal.replicas().size();
    if (isSurplus) {
      requests.putRemoval(entry, target);
    }
    return isSurplus;
  }
}
