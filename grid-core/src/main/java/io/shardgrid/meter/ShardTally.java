package io.shardgrid.meter;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What one shard of this node counts, whatever role its replica has, through all of them. Counts
 * belong to the node and stay when the shard moves away.
 *
 * <p>Written within the shard's turns only, read by any thread.
 */
public final class ShardTally {

  private final MapLabels labels;
  private final AtomicReferenceArray<@Nullable MapTally> byLabel;

  /** The map asked for last: most shards have one, and a table costs more than a comparison. */
  private @Nullable MapTally latest;

  private String latestName = "";
  private volatile @Nullable ReplicaRole role;

  ShardTally(MapLabels labels) {
    this.labels = labels;
    this.byLabel = new AtomicReferenceArray<>(labels.max());
  }

  private MapTally of(String map) {
    MapTally known = latest;
    if (known != null && latestName.equals(map)) {
      return known;
    }
    MapMeter meter = labels.of(map);
    known = find(meter);
    if (!labels.isShared(meter)) {
      // One that shares its meters now may have its own soon, by what another shard hears.
      latest = known;
      latestName = map;
    }
    return known;
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

  /** An operation was answered. */
  public void answered(String map, Request request, Answer answer) {
    MapTally tally = of(map);
    Request.Kind kind = request.kind();
    if (answer instanceof Answer.Entry) {
      tally.hits(1);
      tally.carriedOut(kind);
    } else if (answer instanceof Answer.Absent) {
      tally.misses(1);
      tally.carriedOut(kind);
    } else {
      tally.ended(kind, OperationOutcome.of(answer));
      countKeys(tally, request, answer);
    }
  }

  private static void countKeys(MapTally tally, Request request, Answer answer) {
    if (answer instanceof Answer.Values found) {
      long hits = 0;
      for (byte[] value : found.values()) {
        hits += value == null ? 0 : 1;
      }
      tally.hits(hits);
      tally.misses(found.values().size() - hits);
    } else if (request instanceof Request.CountAll asked && answer instanceof Answer.Amount found) {
      tally.hits(found.value());
      tally.misses(asked.keys().size() - found.value());
    }
  }

  /** An operation will not be answered. */
  public void dropped(String map, Request request) {
    of(map).ended(request.kind(), OperationOutcome.DROPPED);
  }

  /** An operation that was carried out took so long; others do not count. */
  public void took(String map, Request request, Answer answer, long nanos) {
    if (!answer.isRefusal()) {
      labels.of(map).took(request.kind(), nanos);
    }
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
    find(labels.of(map)).found(entries, liveBytes);
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
