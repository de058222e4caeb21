package io.shardgrid.loader;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The maps of a node that have a store, with where it is counted what they do. Thread-safe. */
public final class StorePolicies {

  /** One of the maps. */
  public record Row(StorePolicy policy, StoreTally tally) {}

  private final Map<String, Row> rows = new LinkedHashMap<>();

  /**
   * These maps.
   *
   * @param shards of the cluster
   */
  public StorePolicies(List<StorePolicy> policies, int shards) {
    for (StorePolicy policy : policies) {
      rows.put(policy.map(), new Row(policy, new StoreTally(shards)));
    }
  }

  /** The row of a map; null if it has no store. */
  public @Nullable Row of(String map) {
    return rows.get(map);
  }

  /** All of them, in the order of the configuration. */
  public Collection<Row> all() {
    return rows.values();
  }
}
