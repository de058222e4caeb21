package io.shardgrid.client.net;

import io.shardgrid.failure.GridAccessException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The last failure of every address that is not connected. Thread-safe. */
final class Troubles {

  private final Map<NodeAddress, String> troubles = new ConcurrentHashMap<>();

  void put(NodeAddress address, String why) {
    troubles.put(address, why);
  }

  void remove(NodeAddress address) {
    troubles.remove(address);
  }

  /** All of them, and of the seeds those too that have none yet. */
  String describe(List<NodeAddress> seeds) {
    Map<String, String> sorted = new TreeMap<>();
    seeds.forEach(seed -> sorted.put(seed.toString(), "no answer yet"));
    troubles.forEach((address, why) -> sorted.put(address.toString(), why));
    return sorted.entrySet().stream()
        .map(trouble -> trouble.getKey() + " (" + trouble.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  /** What tells the user of a client that a node does not let it in. */
  static GridAccessException denial(NodeAddress node, String why) {
    return new GridAccessException(
        "A node does not let this client in: node="
            + node
            + ", answer="
            + why
            + "; see grid.client.access, or ClientSettings.withUser");
  }
}
