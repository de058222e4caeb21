package io.shardgrid.node;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.node.security.AccessBook;
import io.shardgrid.node.security.AccessSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Keeps a node from serving other machines without anybody having said who may use it. */
final class Exposure {

  private Exposure() {}

  /**
   * Looks at where a node is to listen.
   *
   * @param host where
   * @throws GridConfigException if other machines would reach a node that knows no users, and this
   *     was not asked for
   */
  static void check(String host, AccessSettings access, AccessBook book) {
    if (book.isRequired() || access.isOpenToNetwork() || isThisMachineOnly(host)) {
      return;
    }
    throw new GridConfigException(
        "Other machines would reach this node, and it knows no users: host="
            + host
            + "; name users in grid.node.access.users or a file in grid.node.access.file (the"
            + " command passwd makes the hash of a password), or listen on 127.0.0.1 (grid.host,"
            + " grid.bind-host), or, where the network keeps others out, say"
            + " --allow-unauthenticated (grid.node.access.open-to-network = true)");
  }

  /** Whether only programs of this machine reach what listens there. */
  static boolean isThisMachineOnly(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      // Nothing can listen there; whoever tries says so.
      return true;
    }
  }
}
