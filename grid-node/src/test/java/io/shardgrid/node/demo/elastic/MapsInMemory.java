package io.shardgrid.node.demo.elastic;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.node.town.City;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** As much of the maps as the load and the audit ask for; every operation ends at once. */
final class MapsInMemory {

  final Map<String, City> towns = new HashMap<>();
  final Map<String, Long> visits = new HashMap<>();

  TownMaps maps() {
    return new TownMaps(map(towns), map(visits));
  }

  @SuppressWarnings("unchecked") // the proxy implements the raw interface
  private static <V> AsyncMap<String, V> map(Map<String, V> entries) {
    return (AsyncMap<String, V>)
        Proxy.newProxyInstance(
            MapsInMemory.class.getClassLoader(),
            new Class<?>[] {AsyncMap.class},
            (proxy, method, arguments) ->
                CompletableFuture.completedFuture(
                    answer((Map<String, Object>) entries, method, arguments)));
  }

  private static @Nullable Object answer(
      Map<String, Object> entries, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "get" -> Optional.ofNullable(entries.get((String) arguments[0]));
      case "put" -> {
        entries.put((String) arguments[0], arguments[1]);
        yield null;
      }
      case "increment" ->
          entries.merge((String) arguments[0], arguments[1], (one, two) -> (long) one + (long) two);
      case "getAll" -> {
        Map<String, Object> found = new HashMap<>(entries);
        found.keySet().retainAll((Collection<?>) arguments[0]);
        yield found;
      }
      case "size" -> (long) entries.size();
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }
}
