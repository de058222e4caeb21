package io.shardgrid.shard;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes back to a shard of what was done outside of its turns. Immutable. */
public sealed interface ErrandResult {

  /** A rule has decided about an entry, or failed. */
  record Ruled(Invocation invocation, Ruling ruling) implements ErrandResult {}

  /** What the store has. */
  record Loaded(StoreErrand.Load load, byte @Nullable [] value) implements ErrandResult {}

  /** The store did not tell. */
  record NotLoaded(StoreErrand.Load load, String reason) implements ErrandResult {}

  /**
   * The store has taken the writes.
   *
   * @param refused what it will never take, by place in the list, with the reason
   */
  record Written(StoreErrand.Write write, Map<Integer, String> refused) implements ErrandResult {
    public Written {
      refused = Map.copyOf(refused);
    }
  }

  /** Nobody knows what the store has of the writes. */
  record NotWritten(StoreErrand.Write write, String reason) implements ErrandResult {}

  /**
   * Keys that the store has.
   *
   * @param isLast whether that was all of them
   */
  record Keys(StoreErrand.Fill fill, List<byte[]> keys, boolean isLast) implements ErrandResult {
    public Keys {
      keys = List.copyOf(keys);
    }
  }

  /** The keys could not all be told. */
  record NoKeys(StoreErrand.Fill fill) implements ErrandResult {}

  /** The filter of a map is to be made anew. */
  record Refill(String map) implements ErrandResult {}
}
