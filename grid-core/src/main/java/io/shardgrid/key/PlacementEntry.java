package io.shardgrid.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one shard's replicas are, at one epoch.
 *
 * <p>Immutable. A change of {@code inSync} alone keeps {@code seat} and {@code prevSeat}.
 *
 * @param shard number of the shard
 * @param epoch number of this change, unique and growing
 * @param seat the epoch at which {@code primary} was named
 * @param prevSeat the seat before, or {@link Epoch#NONE}
 * @param primary the node that may take the seat; null when the shard's last copy is gone
 * @param inSync the nodes that hold every acknowledged write, the primary among them
 */
public record PlacementEntry(
    int shard,
    long epoch,
    long seat,
    long prevSeat,
    @Nullable NodeId primary,
    List<NodeId> inSync) {

  public PlacementEntry {
    inSync = List.copyOf(inSync);
  }

  /** Whether the last copy of this shard is gone. */
  public boolean isLost() {
    return primary == null;
  }

  /** Whether this entry replaces {@code other}: nothing known yet, or an older epoch. */
  public boolean isNewerThan(@Nullable PlacementEntry other) {
    return other == null || epoch > other.epoch;
  }
}
