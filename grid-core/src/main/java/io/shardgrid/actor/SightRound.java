package io.shardgrid.actor;

import io.shardgrid.key.Latency;
import io.shardgrid.key.NodeId;
import io.shardgrid.shard.Survey;
import io.shardgrid.sight.HotKey;
import io.shardgrid.sight.MapSight;
import io.shardgrid.sight.NodeSight;
import io.shardgrid.sight.NodeSight.HotSpot;
import io.shardgrid.sight.ShardSight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what a node sees of itself from what its shards have said in one round, and in the round
 * before, for the rates. Confined to the observer.
 */
final class SightRound {

  private static final double NANOS_PER_SECOND = 1e9;

  private final NodeId node;
  private final long[] before;
  private final long[] taken;
  private final Map<String, MapSight> maps = new HashMap<>();
  private final List<ShardSight> shards = new ArrayList<>();
  private final List<HotSpot> hotKeys = new ArrayList<>();
  private final boolean[] hasAnswered;
  private int answered;
  private long beganNanos;
  private double seconds = 1;
  private int primaries;
  private int backups;
  private int learners;
  private long entries;
  private long liveBytes;
  private long heldEntries;
  private long heldBytes;
  private long reservedBytes;

  SightRound(NodeId node, int shardCount) {
    this.node = node;
    this.before = new long[shardCount];
    this.taken = new long[shardCount];
    this.hasAnswered = new boolean[shardCount];
  }

  /** Begins anew; what was told of rates from now on is over the time since the last beginning. */
  void begin(long nowNanos) {
    seconds = Math.max(1, nowNanos - beganNanos) / NANOS_PER_SECOND;
    beganNanos = nowNanos;
    System.arraycopy(taken, 0, before, 0, taken.length);
    Arrays.fill(hasAnswered, false);
    answered = 0;
    maps.clear();
    shards.clear();
    hotKeys.clear();
    primaries = 0;
    backups = 0;
    learners = 0;
    entries = 0;
    liveBytes = 0;
    heldEntries = 0;
    heldBytes = 0;
    reservedBytes = 0;
  }

  /** A shard has answered, which has taken so many operations since it was started. */
  void add(Survey survey, long operations, List<HotKey> hot) {
    int shard = survey.shard();
    if (hasAnswered[shard]) {
      return;
    }
    hasAnswered[shard] = true;
    answered++;
    taken[shard] = operations;
    heldEntries += survey.entries();
    heldBytes += survey.liveBytes();
    reservedBytes += survey.reservedBytes();
    switch (survey.role()) {
      case PRIMARY -> addPrimary(survey, (operations - before[shard]) / seconds, hot);
      case BACKUP -> backups++;
      case LEARNER -> learners++;
      case STALE, NONE -> {}
    }
  }

  private void addPrimary(Survey survey, double rate, List<HotKey> hot) {
    primaries++;
    entries += survey.entries();
    liveBytes += survey.liveBytes();
    survey.maps().forEach(map -> maps.merge(map.map(), map, MapSight::plus));
    shards.add(new ShardSight(survey.shard(), survey.entries(), survey.liveBytes(), rate));
    if (rate > 0) {
      hot.forEach(
          key ->
              hotKeys.add(
                  new HotSpot(survey.shard(), key, key.share() * rate, key.error() * rate)));
    }
  }

  boolean isDone() {
    return answered == hasAnswered.length;
  }

  /** Operations that all shards had taken when they answered last. */
  long operations() {
    long sum = 0;
    for (long one : taken) {
      sum += one;
    }
    return sum;
  }

  /** What was found. */
  NodeSight sight(Moment moment) {
    List<MapSight> largest = new ArrayList<>(maps.values());
    largest.sort(Comparator.comparingLong(MapSight::liveBytes).reversed());
    int told = Math.min(NodeSight.MAPS_MAX, largest.size());
    hotKeys.sort(Comparator.comparingDouble(HotSpot::perSecond).reversed());
    shards.sort(Comparator.comparingInt(ShardSight::shard));
    return new NodeSight(
        node,
        moment.weight(),
        moment.uptimeMillis(),
        shards.stream().mapToDouble(ShardSight::operationsPerSecond).sum(),
        moment.latency(),
        new NodeSight.Holds(
            primaries,
            backups,
            learners,
            entries,
            liveBytes,
            heldEntries,
            heldBytes,
            reservedBytes,
            moment.bytesMax()),
        moment.effort(),
        shards,
        largest.subList(0, told),
        largest.size() - told,
        moment.reads(),
        hotKeys.subList(0, Math.min(NodeSight.HOT_KEYS_MAX, hotKeys.size())),
        moment.backing().stores(),
        moment.backing().rules());
  }

  /** What the shards do not know. */
  record Moment(
      int weight,
      long uptimeMillis,
      Latency latency,
      long bytesMax,
      NodeSight.Effort effort,
      NodeSight.Reads reads,
      BackingRound.Found backing) {}
}
