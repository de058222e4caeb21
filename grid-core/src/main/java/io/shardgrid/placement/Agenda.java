package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the next write to the registers has to contain: at most one change a shard, each tied to the
 * epoch that it was meant for, and the whole table after a change of the members.
 */
final class Agenda {

  private final Map<Integer, Amendment> amendments = new TreeMap<>();
  private boolean isTableDue;
  private Memo memo = Memo.NONE;

  /** The whole table is to be written again. */
  void putTable() {
    isTableDue = true;
  }

  /** The whole table is being written. */
  void tableWritten() {
    isTableDue = false;
  }

  /** Another primary out of the in-sync set, which loses {@code without} if that is a node. */
  void putPrimary(PlacementEntry base, NodeId primary, @Nullable NodeId without) {
    amendments.put(base.shard(), new Promotion(base.epoch(), primary, without));
  }

  /** One more in-sync replica. */
  void putAddition(PlacementEntry base, NodeId node) {
    amendments.putIfAbsent(base.shard(), new Addition(base.epoch(), node));
  }

  /** One in-sync replica less; if it is none, a new epoch, which voids older requests. */
  void putRemoval(PlacementEntry base, NodeId node) {
    amendments.putIfAbsent(base.shard(), new Removal(base.epoch(), node));
  }

  /** A lost shard begins anew on a node, as if it had never been before. */
  void putBeginning(PlacementEntry base, NodeId heir) {
    amendments.put(base.shard(), new Beginning(base.epoch(), heir));
  }

  /** A later memo. */
  void putMemo(Memo next) {
    memo = memo.orLater(next);
  }

  /** Whether there is a memo that is still to be written. */
  boolean hasMemo() {
    return !memo.equals(Memo.NONE);
  }

  boolean isEmpty() {
    return amendments.isEmpty() && !isTableDue && !hasMemo();
  }

  /**
   * Takes the memo off the agenda: the new one, or else the committed one if the table is due, to
   * be asked for before that is taken.
   */
  Memo takeMemo(Memo committed) {
    Memo due = isTableDue ? committed.orLater(memo) : memo;
    memo = Memo.NONE;
    return due;
  }

  /** Takes all else off the agenda: the entries to be written, in the order of shards. */
  List<PlacementEntry> take(PlacementTable committed, Set<NodeId> members, LongSupplier epochs) {
    Map<Integer, PlacementEntry> due = new TreeMap<>();
    amendments.forEach(
        (shard, amendment) -> {
          PlacementEntry before = Objects.requireNonNull(committed.entry(shard));
          if (amendment.isStillMeant(before, members)) {
            due.put(shard, amendment.over(before, epochs.getAsLong()));
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
    amendments.clear();
    isTableDue = false;
    return List.copyOf(due.values());
  }

  /** A change of one shard's entry, tied to the epoch that it was meant for. Immutable. */
  private sealed interface Amendment {

    long base();

    /** Whether it makes sense over the entry that is current now. */
    boolean isStillMeant(PlacementEntry current, Set<NodeId> members);

    PlacementEntry over(PlacementEntry current, long epoch);

    /** Whether the entry is the one that was meant, and names nobody who is gone. */
    default boolean isCurrent(PlacementEntry current, Set<NodeId> members) {
      return base() == current.epoch() && !Succession.namesOthersThan(members, current);
    }
  }

  private record Promotion(long base, NodeId primary, @Nullable NodeId without)
      implements Amendment {

    @Override
    public boolean isStillMeant(PlacementEntry current, Set<NodeId> members) {
      return isCurrent(current, members)
          && current.inSync().contains(primary)
          && !primary.equals(current.primary())
          && !primary.equals(without);
    }

    @Override
    public PlacementEntry over(PlacementEntry current, long epoch) {
      List<NodeId> inSync =
          current.inSync().stream().filter(node -> !node.equals(without)).toList();
      return Succession.named(current.shard(), current, epoch, primary, inSync);
    }
  }

  private record Beginning(long base, NodeId heir) implements Amendment {

    @Override
    public boolean isStillMeant(PlacementEntry current, Set<NodeId> members) {
      return isCurrent(current, members) && current.isLost() && members.contains(heir);
    }

    @Override
    public PlacementEntry over(PlacementEntry current, long epoch) {
      return Succession.named(current.shard(), null, epoch, heir, List.of(heir));
    }
  }

  private record Addition(long base, NodeId node) implements Amendment {

    @Override
    public boolean isStillMeant(PlacementEntry current, Set<NodeId> members) {
      return isCurrent(current, members)
          && members.contains(node)
          && !current.isLost()
          && !current.inSync().contains(node);
    }

    @Override
    public PlacementEntry over(PlacementEntry current, long epoch) {
      return Succession.withInSync(
          current, epoch, Stream.concat(current.inSync().stream(), Stream.of(node)).toList());
    }
  }

  private record Removal(long base, NodeId node) implements Amendment {

    @Override
    public boolean isStillMeant(PlacementEntry current, Set<NodeId> members) {
      return isCurrent(current, members) && !current.isLost() && !node.equals(current.primary());
    }

    @Override
    public PlacementEntry over(PlacementEntry current, long epoch) {
      return Succession.withInSync(
          current, epoch, current.inSync().stream().filter(one -> !one.equals(node)).toList());
    }
  }
}
