package io.shardgrid.placement;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was committed by anybody, and what must hold of it at the very event. */
final class CommitLedger {

  private final Map<Long, PlacementEntry> byEpoch = new HashMap<>();
  private final SortedMap<Integer, PlacementTable> byTerm = new TreeMap<>();
  private final PlacementTable newest = new PlacementTable();
  private Memo memo = Memo.NONE;
  private final Map<Long, Memo> memos = new HashMap<>();

  boolean isEmpty() {
    return newest.isEmpty();
  }

  PlacementTable newest() {
    return newest;
  }

  /**
   * An authority calls entries committed.
   *
   * @param registers what the register of each node holds
   */
  void committed(Authority by, List<PlacementEntry> entries, Function<NodeId, Register> registers) {
    for (PlacementEntry entry : entries) {
      long holders =
          by.members().stream().filter(node -> holds(registers.apply(node), entry)).count();
      require(2 * holders > by.members().size(), "committed without a majority", entry, null);
      PlacementEntry same = byEpoch.putIfAbsent(entry.epoch(), entry);
      require(same == null || same.equals(entry), "two entries with one epoch", entry, same);
      if (same == null) {
        extendChain(entry);
        byTerm.computeIfAbsent(by.term(), term -> new PlacementTable()).merge(entry);
      }
    }
  }

  /** What is kept in the place of this one: it names it, so that nothing in between is lost. */
  static String memoAfter(Memo before) {
    return "after " + before.stamp();
  }

  /** How many memos were kept. */
  int memos() {
    return memos.size();
  }

  /** An authority calls a memo committed: it follows the last one that anybody called so. */
  void kept(Authority by, Memo next, Function<NodeId, Register> registers) {
    long holders =
        by.members().stream()
            .filter(node -> registers.apply(node).memo().stamp() >= next.stamp())
            .count();
    requireMemo(2 * holders > by.members().size(), "kept without a majority", next);
    // An authority that was replaced may learn late of one that others have followed up.
    if (!next.equals(memos.get(next.stamp()))) {
      requireMemo(next.text().equals(memoAfter(memo)), "a memo was forgotten", next);
      requireMemo(next.stamp() > memo.stamp(), "an older memo", next);
      memo = next;
      memos.put(next.stamp(), next);
    }
  }

  private void requireMemo(boolean holds, String violation, Memo next) {
    if (!holds) {
      throw new AssertionError(violation + ": memo=" + next + ", last=" + memo);
    }
  }

  /** An authority has written the table again: it must know what those before it committed. */
  void rewritten(Authority by) {
    PlacementTable known = new PlacementTable();
    known.merge(by.placement());
    for (PlacementTable earlier : byTerm.headMap(by.term()).values()) {
      for (PlacementEntry entry : earlier.entries()) {
        PlacementEntry adopted = known.entry(entry.shard());
        require(adopted != null && adopted.epoch() >= entry.epoch(), "forgotten", entry, adopted);
      }
    }
  }

  /** Members are told only what was committed. */
  void told(Placed placed) {
    for (PlacementEntry entry : placed.entries()) {
      require(entry.equals(byEpoch.get(entry.epoch())), "told before committed", entry, null);
    }
  }

  private void extendChain(PlacementEntry entry) {
    PlacementEntry last = newest.entry(entry.shard());
    boolean isFirst = last == null && entry.prevSeat() == Epoch.NONE;
    boolean isNext =
        last != null
            && entry.epoch() > last.epoch()
            && (entry.prevSeat() == last.seat()
                || (entry.seat() == last.seat() && entry.prevSeat() == last.prevSeat()));
    require(isFirst || isNext, "not one chain", entry, last);
    newest.merge(entry);
  }

  private static boolean holds(Register register, PlacementEntry entry) {
    PlacementEntry kept = register.entry(entry.shard());
    return kept != null && kept.epoch() >= entry.epoch();
  }

  private static void require(
      boolean holds, String violation, PlacementEntry entry, @Nullable PlacementEntry other) {
    if (!holds) {
      throw new AssertionError(violation + ": entry=" + entry + ", other=" + other);
    }
  }
}
