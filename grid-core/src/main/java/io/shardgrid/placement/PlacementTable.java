package io.shardgrid.placement;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest placement entry of each shard. Its order of arrival does not matter: an entry is
 * replaced only by one with a higher epoch. Not thread-safe.
 */
public final class PlacementTable {

  private final SortedMap<Integer, PlacementEntry> byShard = new TreeMap<>();
  private long highestEpoch = Epoch.NONE;

  /** Takes an entry if it is newer than the one known; whether it was. */
  public boolean merge(PlacementEntry entry) {
    boolean isNews = entry.isNewerThan(byShard.get(entry.shard()));
    if (isNews) {
      byShard.put(entry.shard(), entry);
      // Entries only get newer, so no epoch above it goes away.
      highestEpoch = Math.max(highestEpoch, entry.epoch());
    }
    return isNews;
  }

  /** Takes what is newer and returns it. */
  public List<PlacementEntry> merge(Collection<PlacementEntry> entries) {
    List<PlacementEntry> news = new ArrayList<>();
    for (PlacementEntry entry : entries) {
      if (merge(entry)) {
        news.add(entry);
      }
    }
    return Collections.unmodifiableList(news);
  }

  /** The entry of a shard, or null if none is known. */
  public @Nullable PlacementEntry entry(int shard) {
    return byShard.get(shard);
  }

  /** All entries in the order of their shards: a view that cannot be changed. */
  public Collection<PlacementEntry> entries() {
    return Collections.unmodifiableCollection(byShard.values());
  }

  /** All entries as they are now. Immutable. */
  public List<PlacementEntry> snapshot() {
    return List.copyOf(byShard.values());
  }

  /** The entries with a higher epoch than this one. Immutable; O(entries). */
  public List<PlacementEntry> newerThan(long epoch) {
    return byShard.values().stream().filter(entry -> entry.epoch() > epoch).toList();
  }

  /** The highest epoch of all entries, {@link Epoch#NONE} if there is none. */
  public long highestEpoch() {
    return highestEpoch;
  }

  /** How many shards each node is the primary of; nodes without one are missing. Immutable. */
  public Map<NodeId, Integer> primaries() {
    Map<NodeId, Integer> counts = new TreeMap<>();
    for (PlacementEntry entry : byShard.values()) {
      NodeId primary = entry.primary();
      if (primary != null) {
        counts.merge(primary, 1, Integer::sum);
      }
    }
    return Collections.unmodifiableMap(counts);
  }

  /** Whether no shard is placed yet. */
  public boolean isEmpty() {
    return byShard.isEmpty();
  }
}
