package io.shardgrid.node.security;

import java.util.Locale;

/** What a role may allow. */
enum Right {
  /** See keys and values of maps. */
  READ(1),
  /** Change and remove entries of maps. */
  WRITE(2),
  /** Steer the cluster: drain, moves, weights, losses, and what settings and clients there are. */
  ADMIN(4);

  private final int bit;

  Right(int bit) {
    this.bit = bit;
  }

  /** The right as a bit of a mask. */
  int bit() {
    return bit;
  }

  /** As configuration says it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
