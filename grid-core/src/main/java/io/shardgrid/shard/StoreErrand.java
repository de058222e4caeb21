package io.shardgrid.shard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shard asks of the store behind a map, outside of its turns. Each but {@link Fill} comes
 * back once, as an {@link ErrandResult} with its ticket. Immutable.
 */
public sealed interface StoreErrand {

  /** Names it among those of its replica, for ever. */
  long ticket();

  /** The map. */
  String map();

  /**
   * Load the value of a key.
   *
   * @param isRefresh whether nobody waits for it
   */
  record Load(long ticket, String map, byte[] key, boolean isRefresh) implements StoreErrand {}

  /** Store the last writes to these keys. */
  record Write(long ticket, String map, List<Item> items) implements StoreErrand {
    public Write {
      items = List.copyOf(items);
    }
  }

  /** Tell all keys of the store that are this shard's: several results, until the last one. */
  record Fill(long ticket, String map) implements StoreErrand {}

  /**
   * The last write to a key.
   *
   * @param value null for a removal
   * @param version of the entry that the write made, or would have made
   * @param stamp orders all writes to the key, also those of earlier lives of the cluster
   */
  record Item(byte[] key, byte @Nullable [] value, long version, long stamp) {}
}
