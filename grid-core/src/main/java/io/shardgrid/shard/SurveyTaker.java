package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.key.Epoch;
import io.shardgrid.meter.ReplicaRole;
import io.shardgrid.meter.ShardTally;
import io.shardgrid.sight.MapSight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the survey of a replica, and shows meters what it finds. Without state. */
final class SurveyTaker {

  private SurveyTaker() {}

  /**
   * What a replica holds and does. O(maps).
   *
   * @param primary its reign; null if it does not act
   * @param dropped operations dropped without an answer so far
   * @param refused operations refused until later so far
   */
  static Survey take(
      ReplicaState state, @Nullable PrimarySide primary, long dropped, long refused) {
    ShardStore store = state.store;
    long entries = 0;
    long liveBytes = 0;
    long reservedBytes = 0;
    List<MapSight> maps = new ArrayList<>();
    for (int number = 0; number < store.maps().count(); number++) {
      BucketMap map = store.maps().at(number);
      entries += map.entries();
      liveBytes += map.liveBytes();
      reservedBytes += map.reservedBytes();
      maps.add(new MapSight(store.maps().nameAt(number), map.entries(), map.liveBytes()));
    }
    Survey.Role role = role(state, primary);
    if (store.tally() != null) {
      show(store, store.tally(), role);
    }
    return new Survey(
        state.shard,
        state.placement == null ? Epoch.NONE : state.placement.epoch(),
        state.seat,
        role,
        store.sequence(),
        entries,
        liveBytes,
        reservedBytes,
        maps,
        store.evicted(),
        store.expired(),
        dropped,
        refused,
        primary == null ? 0 : state.log.length() - state.commit,
        fillings(primary),
        new Survey.Check(
            state.checkAskedAt, state.matchedAt(), state.matches(), state.differences()));
  }

  private static void show(ShardStore store, ShardTally tally, Survey.Role role) {
    for (int number = 0; number < store.maps().count(); number++) {
      BucketMap map = store.maps().at(number);
      tally.found(store.maps().nameAt(number), map.entries(), map.liveBytes());
    }
    tally.show(
        switch (role) {
          case NONE -> null;
          case PRIMARY -> ReplicaRole.PRIMARY;
          case BACKUP -> ReplicaRole.BACKUP;
          case LEARNER -> ReplicaRole.LEARNER;
          case STALE -> ReplicaRole.STALE;
        });
  }

  /** The copies that are made in a reign. */
  static List<Survey.Filling> fillings(@Nullable PrimarySide primary) {
    return primary == null || primary.copies().all().isEmpty()
        ? List.of()
        : primary.copies().all().stream().map(CopySource::filling).toList();
  }

  private static Survey.Role role(ReplicaState state, @Nullable PrimarySide primary) {
    if (primary != null) {
      return Survey.Role.PRIMARY;
    }
    return switch (state.holding) {
      case NOTHING -> Survey.Role.NONE;
      case LEARNING, LEARNT -> Survey.Role.LEARNER;
      case WHOLE -> Survey.Role.BACKUP;
      case STALE -> Survey.Role.STALE;
    };
  }
}
