package io.shardgrid.meter;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/**
 * Everything that a node counts and times for its meters, through all its incarnations. Thread-safe
 * but for what a {@link ShardTally} says of itself. Sums are O(shards), for who reads meters.
 */
public final class NodeTally {

  private final MapLabels labels;
  private final List<StripedHistogram> turns = new ArrayList<>();
  private final StripedHistogram acknowledgements;
  private final StripedHistogram batches = new StripedHistogram(Buckets.ofCounts());
  private final StripedHistogram pauses;
  private final LongAdder epochChanges = new LongAdder();
  private final LongAdder turnsFailed = new LongAdder();
  private volatile List<ShardTally> shards = List.of();

  /** Nothing counted yet. */
  public NodeTally(MeterSettings settings) {
    Buckets nanos = Buckets.ofNanos();
    this.labels = new MapLabels(settings.mapsMax(), nanos);
    this.acknowledgements = new StripedHistogram(nanos);
    this.pauses = new StripedHistogram(nanos);
    for (int group = 0; group < settings.shardGroups(); group++) {
      turns.add(new StripedHistogram(nanos));
    }
  }

  /**
   * Counts for so many shards. Those of an incarnation before go on, none of whose turns may run
   * any more.
   */
  public synchronized void begin(int count) {
    List<ShardTally> all = new ArrayList<>(shards);
    while (all.size() < count) {
      all.add(new ShardTally(labels));
    }
    shards = List.copyOf(all);
  }

  /** What a shard counts. */
  public ShardTally shard(int shard) {
    return shards.get(shard);
  }

  /** How many groups of shards there are. */
  public int groups() {
    return turns.size();
  }

  /**
   * The group of a shard: of neighbours, so that one that is asked too often shows in one group.
   */
  public int groupOf(int shard) {
    return (int) ((long) shard * turns.size() / Math.max(1, shards.size()));
  }

  /** Times of the turns of a group. */
  public StripedHistogram turns(int group) {
    return turns.get(group);
  }

  /** Times from sending something to a backup until its acknowledgement is here. */
  public StripedHistogram acknowledgements() {
    return acknowledgements;
  }

  /** Writes in one message to a backup. */
  public StripedHistogram batches() {
    return batches;
  }

  /** Times without a primary when this node handed a seat over. */
  public StripedHistogram pauses() {
    return pauses;
  }

  /** Newer placements of shards that were learnt of. */
  public LongAdder epochChanges() {
    return epochChanges;
  }

  /** Turns that ended in an exception. */
  public LongAdder turnsFailed() {
    return turnsFailed;
  }

  /** The maps that have meters, and what the others share. */
  public List<MapMeter> maps() {
    return labels.all();
  }

  /** An operation was answered by a shard. */
  public void answered(String map, Request request, Answer answer) {
    labels.of(map).answered(request, answer);
  }

  /** An operation will not be answered. */
  public void dropped(String map, Request request) {
    labels.of(map).dropped(request);
  }

  /** An operation that was carried out took so long; others do not count. */
  public void took(String map, Request request, Answer answer, long nanos) {
    if (!answer.isRefusal()) {
      labels.of(map).took(request.kind(), nanos);
    }
  }

  /** The same of one that is followed: it is an example, and counts no more than others. */
  public void followed(String map, Request request, Answer answer, Exemplar exemplar) {
    if (!answer.isRefusal()) {
      labels.of(map).followed(request.kind(), exemplar);
    }
  }

  /** Entries that were removed to make room. */
  public long evictions(MapMeter map) {
    return sum(map, MapTally::evictions);
  }

  /** Entries that were removed since their deadline had passed. */
  public long expirations(MapMeter map) {
    return sum(map, MapTally::expirations);
  }

  /** Entries of replicas in a role, as they were when they were asked last. */
  public long entries(MapMeter map, ReplicaRole role) {
    return sum(map, role, MapTally::entries);
  }

  /** Bytes of these entries. */
  public long bytes(MapMeter map, ReplicaRole role) {
    return sum(map, role, MapTally::bytes);
  }

  private long sum(MapMeter map, ToLongFunction<MapTally> count) {
    long sum = 0;
    for (ShardTally shard : shards) {
      MapTally tally = shard.at(map);
      sum += tally == null ? 0 : count.applyAsLong(tally);
    }
    return sum;
  }

  private long sum(MapMeter map, ReplicaRole role, ToLongFunction<MapTally> count) {
    long sum = 0;
    for (ShardTally shard : shards) {
      MapTally tally = shard.role() == role ? shard.at(map) : null;
      sum += tally == null ? 0 : count.applyAsLong(tally);
    }
    return sum;
  }
}
