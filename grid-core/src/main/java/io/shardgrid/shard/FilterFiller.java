package io.shardgrid.shard;

import io.shardgrid.wire.replica.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the existence filter of one map be filled by the store. Confined to the primary. */
final class FilterFiller {

  private static final long RETRY_NANOS = 10_000_000_000L;

  private final StoredMap map;
  private final ShardStore store;
  private final @Nullable ExistenceFilter filter;
  private StoreErrand.@Nullable Fill fill;
  private long notBeforeNanos;

  /** Nothing is under way. */
  FilterFiller(StoredMap map, ShardStore store) {
    this.map = map;
    this.store = store;
    this.filter = map.filter;
  }

  /** The replica begins to act: what another one was filled with is filled in anew. */
  void seatTaken(long nowNanos) {
    fill = null;
    notBeforeNanos = nowNanos;
  }

  /** Begins if that is due; whether it did. */
  boolean begin(long ticket, long nowNanos, ReplicaEffects effects) {
    if (filter == null || fill != null || nowNanos - notBeforeNanos < 0 || filter.isComplete()) {
      return false;
    }
    fill = new StoreErrand.Fill(ticket, map.name());
    store.number(filter.begun(ticket, map.marks.keys()));
    effects.ask(fill);
    return true;
  }

  /** Keys, or none any more; nothing if it is about another map. */
  void returned(ErrandResult result, long nowNanos) {
    if (result instanceof ErrandResult.Keys keys && keys.fill().equals(fill)) {
      filled(keys);
    } else if (result instanceof ErrandResult.NoKeys none && none.fill().equals(fill)) {
      fill = null;
      notBeforeNanos = nowNanos + RETRY_NANOS;
    } else if (result instanceof ErrandResult.Refill refill
        && refill.map().equals(map.name())
        && filter != null) {
      fill = null;
      notBeforeNanos = nowNanos;
      store.number(new Change.Clear(StoreMark.filterOf(map.name())));
    }
  }

  private void filled(ErrandResult.Keys keys) {
    if (filter == null) {
      return;
    }
    List<Change> changes = new ArrayList<>(filter.adding(keys.keys()));
    Change completed = keys.isLast() ? filter.completed(keys.fill().ticket()) : null;
    if (keys.isLast()) {
      fill = null;
    }
    if (completed != null) {
      changes.add(completed);
    }
    if (!changes.isEmpty()) {
      store.number(new Change.Batch(changes));
    }
  }
}
