package io.shardgrid.node.bench;

/**
 * How a grid is laid out that is loaded. Immutable.
 *
 * @param nodes its members
 * @param backups copies of a shard beside its primary
 * @param maps that entries are spread over
 */
record Spread(int nodes, int backups, int shards, int maps) {

  /** What its nodes read for it, in HOCON. */
  String settings() {
    return "grid.backups = %d%ngrid.shards = %d%n".formatted(backups, shards);
  }
}
