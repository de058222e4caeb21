package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import java.util.List;

/**
 * Tells a member what was committed: everything it has not acknowledged yet to this authority, so
 * that whoever has the last one has them all. Immutable; repeated until acknowledged with {@link
 * #term} and {@link #highestEpoch}.
 *
 * @param term the authority's term
 * @param charter what was fixed when the cluster was founded
 * @param entries the newest committed entry of each of these shards
 */
public record Placed(int term, Charter charter, List<PlacementEntry> entries) {

  public Placed {
    entries = List.copyOf(entries);
  }

  /** The highest epoch of the entries: what the acknowledgement carries back. */
  public long highestEpoch() {
    return entries.stream().mapToLong(PlacementEntry::epoch).max().orElse(Epoch.NONE);
  }
}
