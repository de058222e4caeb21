package io.shardgrid.node.drill;

import io.shardgrid.node.child.Surroundings;
import io.shardgrid.node.network.Namespaces;
import io.shardgrid.node.network.Relay;

/** What the nodes of a drill run in. */
enum Ground {
  /** Where nothing is cut. */
  LOOPBACK {
    @Override
    Surroundings open() {
      return Surroundings.loopback();
    }
  },

  /** A network that can be cut: of the kernel where the machine allows that, else a relay. */
  BREAKABLE {
    @Override
    Surroundings open() {
      return Namespaces.open().map(Surroundings.class::cast).orElseGet(Relay::open);
    }
  },

  /** A relay, which can slow and damage as well. */
  RELAY {
    @Override
    Surroundings open() {
      return Relay.open();
    }
  };

  abstract Surroundings open();
}
