package io.shardgrid.map;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry as it was when it was read. Immutable if key and value are.
 *
 * @param version the shard's sequence at the write that made the entry; grows with every write of
 *     the shard, also over removal and making anew
 * @param deadline when the entry expires by its primary's clock; empty for never
 */
public record EntryView<K, V>(K key, V value, long version, Optional<Instant> deadline) {}
