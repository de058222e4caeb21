package io.shardgrid.node;

import io.shardgrid.health.SecurityFacts;
import io.shardgrid.health.SecurityFacts.Item;
import io.shardgrid.health.SecurityFacts.State;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What a node knows of how it is protected. Without state. */
final class Protection {

  private Protection() {}

  /**
   * As it is today: what listens to this machine only needs neither passwords nor encryption; what
   * listens to others has neither.
   *
   * @param host address of all ports of the node
   */
  static SecurityFacts of(String host) {
    boolean isLocal = isLoopback(host);
    State open = isLocal ? State.NOT_NEEDED : State.OFF;
    return new SecurityFacts(
        List.of(
            new Item(
                "reach",
                isLocal ? State.ON : State.OFF,
                isLocal
                    ? "All ports listen to this machine only: grid.host=" + host
                    : "All ports listen to whoever can come there: grid.host=" + host),
            new Item("passwords", open, "Whoever reaches a port may read and change everything"),
            new Item("encryption", open, "Clients, nodes and operators talk in the clear")));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
