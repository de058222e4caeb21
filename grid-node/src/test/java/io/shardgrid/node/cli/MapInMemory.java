package io.shardgrid.node.cli;

import io.shardgrid.map.AsyncMap;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** As much of a map as loading asks for; every operation ends at once. */
final class MapInMemory {

  final Map<String, byte[]> entries = new TreeMap<>();
  RuntimeException failure = new IllegalStateException("not set");
  boolean isFailing;

  @SuppressWarnings("unchecked") // the proxy implements the raw interface
  AsyncMap<String, byte[]> map() {
    return (AsyncMap<String, byte[]>)
        Proxy.newProxyInstance(
            MapInMemory.class.getClassLoader(), new Class<?>[] {AsyncMap.class}, this::invoke);
  }

  private CompletionStage<?> invoke(Object proxy, Method method, Object[] arguments) {
    if (isFailing) {
      return CompletableFuture.failedFuture(failure);
    }
    return switch (method.getName()) {
      case "putAll" -> putAll((Map<?, ?>) arguments[0]);
      case "getAll" -> getAll((Collection<?>) arguments[0]);
      case "size" -> CompletableFuture.completedFuture((long) entries.size());
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private CompletionStage<Void> putAll(Map<?, ?> batch) {
    batch.forEach((key, value) -> entries.put((String) key, (byte[]) value));
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<Map<String, byte[]>> getAll(Collection<?> keys) {
    Map<String, byte[]> found = new HashMap<>(entries);
    found.keySet().retainAll(keys);
    return CompletableFuture.completedFuture(found);
  }
}
