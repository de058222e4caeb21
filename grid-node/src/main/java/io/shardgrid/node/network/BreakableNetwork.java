package io.shardgrid.node.network;

import io.shardgrid.node.child.Surroundings;
import java.util.List;

/** A network between nodes in which connections can be cut and mended. Thread-safe. */
public interface BreakableNetwork extends Surroundings {

  /** Which connections of two nodes. */
  enum Scope {
    /** The links that carry data. */
    PEER_LINKS,
    /** Every connection. */
    ALL
  }

  /** From now on nothing comes from either of two nodes to the other, and neither is told. */
  void cut(String one, String other, Scope scope);

  /** Everything comes through again. */
  void mend();

  /** The options for a node at an address of its own. */
  static List<String> at(String host, String bind, int basePort) {
    return List.of(
        "--host",
        host,
        "--bind",
        bind,
        "--allow-unauthenticated",
        "--port",
        Integer.toString(basePort),
        "--http",
        Integer.toString(basePort + 1),
        "--peer",
        Integer.toString(basePort + 2),
        "--cluster",
        Integer.toString(basePort + 3));
  }
}
