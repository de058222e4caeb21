package io.shardgrid.node.security;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections each address has open: bounded by the connections. Thread-safe. */
public final class SourceCount {

  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /** One more; how many there are then. */
  public int opened(InetAddress address) {
    return open.merge(Source.of(address), 1, Integer::sum);
  }

  /** One less. */
  public void closed(InetAddress address) {
    open.computeIfPresent(Source.of(address), (key, count) -> count == 1 ? null : count - 1);
  }
}
