package io.shardgrid.node.comparison;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The products by name. */
final class Products {

  private static final Map<String, Supplier<Product>> ALL =
      new TreeMap<>(
          Map.of(
              "shardgrid", ShardgridProduct::new,
              "hazelcast", HazelcastProduct::new,
              "infinispan", InfinispanProduct::new,
              "ignite", IgniteProduct::new,
              "redis", RedisProduct::new,
              "concurrent-hash-map", HashMapProduct::new,
              "shard-locks", ShardLocksProduct::new));

  private Products() {}

  static Product create(String name) {
    return named(name).get();
  }

  /** Throws if there is no such product. */
  static Supplier<Product> named(String name) {
    Supplier<Product> made = ALL.get(name);
    if (made == null) {
      throw new IllegalArgumentException(
          "no such product: name=" + name + ", known=" + ALL.keySet());
    }
    return made;
  }
}
