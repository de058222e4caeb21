package io.shardgrid.node.comparison;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** {@code ConcurrentHashMap}: what a map costs that keeps its callers' own objects. */
final class HashMapProduct implements Product {

  private final Map<String, byte[]> map = new ConcurrentHashMap<>();

  @Override
  public void open(Role role, int number) {}

  @Override
  public byte @Nullable [] get(String key) {
    return map.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    map.put(key, value);
  }

  @Override
  public boolean isAsync() {
    return false;
  }

  @Override
  public void close() {}
}
