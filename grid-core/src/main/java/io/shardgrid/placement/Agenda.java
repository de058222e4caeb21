package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the next write to the registers has to contain: at most one change a shard, each tied to the
 * epoch that it was meant for, and the whole table after a change of the members.
 */
final class Agenda {

  private final Map<Integer, Naming> namings = new TreeMap<>();
  private boolean isTableDue;

  /** The whole table is to be written again. */
  void putTable() {
    isTableDue = true;
  }

  /** The whole table is being written. */
  void tableWritten() {
    isTableDue = false;
  }

  /** A planned move of a shard that has no data. */
  void putMove(PlacementEntry base, NodeId target) {
    namings.put(base.shard(), new Naming(base.epoch(), target, false));
  }

  /** The seat was never taken; it goes back to the holder, or null if that is gone too. */
  void putReturn(PlacementEntry base, @Nullable NodeId holder) {
    namings.put(base.shard(), new Naming(base.epoch(), holder, true));
  }

  boolean isEmpty() {
    return namings.isEmpty() && !isTableDue;
  }

  /** Takes everything off the agenda: the entries to be written, in the order of shards. */
  List<PlacementEntry> take(PlacementTable committed, Set<NodeId> members, LongSupplier epochs) {
    Map<Integer, PlacementEntry> due = new TreeMap<>();
    namings.forEach(
        (shard, naming) -> {
          PlacementEntry before = Objects.requireNonNull(committed.entry(shard));
          if (naming.isStillMeant(before, members)) {
            due.put(shard, naming.over(before, epochs.getAsLong()));
          }
        });
    for (PlacementEntry entry : committed.entries()) {
      if (due.containsKey(entry.shard())) {
        continue;
      }
      if (Succession.namesOthersThan(members, entry)) {
        due.put(entry.shard(), Succession.withMembersOnly(members, entry, epochs.getAsLong()));
      } else if (isTableDue) {
        due.put(entry.shard(), entry);
      }
    }
    namings.clear();
    isTableDue = false;
    return List.copyOf(due.values());
  }

  /**
   * A node to be named as primary. Immutable.
   *
   * @param base epoch of the entry to be replaced; dropped if it is not the current one
   * @param primary null if the shard's data is gone
   * @param isReturn whether the primary so far never had the data: then its removal changes nothing
   */
  private record Naming(long base, @Nullable NodeId primary, boolean isReturn) {

    boolean isStillMeant(PlacementEntry current, Set<NodeId> members) {
      return base == current.epoch()
          && (primary == null || members.contains(primary))
          && (isReturn || !Succession.namesOthersThan(members, current));
    }

    PlacementEntry over(PlacementEntry current, long epoch) {
      List<NodeId> inSync = primary == null ? List.of() : List.of(primary);
      return Succession.named(current.shard(), current, epoch, primary, inSync);
    }
  }
}
