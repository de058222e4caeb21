package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.RegisterMessage.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The search for a term that every member promises, and what the promises bring along. */
final class Candidacy {

  private final Map<NodeId, Promise> promises = new HashMap<>();
  private int term = 1;
  private int attempts = 1;
  private int refusedBy;

  int term() {
    return term;
  }

  int attempts() {
    return attempts;
  }

  void promised(NodeId from, Promise promise) {
    promises.put(from, promise);
  }

  void refused(int promisedTerm) {
    refusedBy = Math.max(refusedBy, promisedTerm);
  }

  /** Whether another authority was promised this term or a higher one. */
  boolean isRefused() {
    return refusedBy >= term;
  }

  /** Starts again with a term above all that were seen. */
  void raiseTerm() {
    term = refusedBy + 1;
    attempts++;
    promises.clear();
  }

  boolean hasPromiseOf(NodeId node) {
    return promises.containsKey(node);
  }

  boolean hasPromiseOfAll(Set<NodeId> members) {
    return promises.keySet().containsAll(members);
  }

  /** The highest entry of each shard among those promised. */
  List<PlacementEntry> newestEntries() {
    PlacementTable newest = new PlacementTable();
    promises.values().forEach(promise -> newest.merge(promise.entries()));
    return newest.snapshot();
  }

  /** The latest memo among those promised. */
  Memo latestMemo() {
    Memo latest = Memo.NONE;
    for (Promise promise : promises.values()) {
      latest = latest.orLater(promise.memo());
    }
    return latest;
  }

  /**
   * The charter that belongs to the newest entries. Two foundings may each have reached a few
   * registers; the later one has the higher term in its epochs, and it was begun because no
   * register that promised knew of the earlier one.
   */
  @Nullable Charter charter() {
    Charter newest = null;
    long epochMax = -1;
    for (Promise promise : promises.values()) {
      long epoch = promise.entries().stream().mapToLong(PlacementEntry::epoch).max().orElse(-1);
      if (epoch > epochMax) {
        newest = promise.charter();
        epochMax = epoch;
      }
    }
    return newest;
  }
}
