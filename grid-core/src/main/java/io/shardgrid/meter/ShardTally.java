package io.shardgrid.meter;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What one shard of this node holds and removes, whatever role its replica has, through all of
 * them. Counts belong to the node and stay when the shard moves away.
 *
 * <p>Written within the shard's turns only, read by any thread.
 */
public final class ShardTally {

  private final MapLabels labels;
  private final AtomicReferenceArray<@Nullable MapTally> byLabel;

  private volatile @Nullable ReplicaRole role;

  ShardTally(MapLabels labels) {
    this.labels = labels;
    this.byLabel = new AtomicReferenceArray<>(labels.max());
  }

  private MapTally of(String map) {
    return find(labels.of(map));
  }

  private MapTally find(MapMeter map) {
    MapTally known = byLabel.get(map.index());
    if (known == null) {
      known = new MapTally();
      byLabel.set(map.index(), known);
    }
    return known;
  }

  /** A map has been made here. */
  public void made(String map) {
    labels.made(map);
  }

  /** An entry was removed to make room. */
  public void evicted(String map) {
    of(map).evicted();
  }

  /** An entry was removed since its deadline had passed. */
  public void expired(String map) {
    of(map).expired();
  }

  /** Notes what a map holds; shown with {@link #show}. */
  public void found(String map, long entries, long liveBytes) {
    of(map).found(entries, liveBytes);
  }

  /**
   * Shows what was noted since the last time.
   *
   * @param newRole null if the replica holds nothing
   */
  public void show(@Nullable ReplicaRole newRole) {
    for (int i = 0; i < byLabel.length(); i++) {
      MapTally known = byLabel.get(i);
      if (known != null) {
        known.show();
      }
    }
    role = newRole;
  }

  /** What the replica is; null if it holds nothing, or has not said. */
  @Nullable ReplicaRole role() {
    return role;
  }

  /** The counts of a map; null if there are none. */
  @Nullable MapTally at(MapMeter map) {
    return byLabel.get(map.index());
  }
}
