package io.shardgrid.placement;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one placement entry follows another. */
final class Succession {

  private Succession() {}

  /**
   * A new seat.
   *
   * @param before the entry that is replaced; null for the first one of a shard
   * @param primary the node that is named; null if the shard is lost
   */
  static PlacementEntry named(
      int shard,
      @Nullable PlacementEntry before,
      long epoch,
      @Nullable NodeId primary,
      List<NodeId> inSync) {
    long prevSeat = before == null ? Epoch.NONE : before.seat();
    return new PlacementEntry(shard, epoch, epoch, prevSeat, primary, inSync);
  }

  /** The same seat with another in-sync set. */
  static PlacementEntry withInSync(PlacementEntry entry, long epoch, List<NodeId> inSync) {
    return new PlacementEntry(
        entry.shard(), epoch, entry.seat(), entry.prevSeat(), entry.primary(), inSync);
  }

  /** Whether an entry names a node that is no member any more. */
  static boolean namesOthersThan(Set<NodeId> members, PlacementEntry entry) {
    return !members.containsAll(entry.inSync());
  }

  /**
   * The entry without the nodes that are no members any more: the seat stays with its primary, else
   * goes to the first in-sync member, else the shard is lost.
   */
  static PlacementEntry withMembersOnly(Set<NodeId> members, PlacementEntry entry, long epoch) {
    List<NodeId> inSync = entry.inSync().stream().filter(members::contains).toList();
    NodeId primary = entry.primary();
    if (primary != null && members.contains(primary)) {
      return new PlacementEntry(
          entry.shard(), epoch, entry.seat(), entry.prevSeat(), primary, inSync);
    }
    NodeId next = inSync.isEmpty() ? null : inSync.get(0);
    return named(entry.shard(), entry, epoch, next, inSync);
  }
}
