package io.shardgrid.node.drill;

/**
 * What a drill begins with. Immutable.
 *
 * @param nodes nodes of the cluster
 * @param backups copies of a shard beside its primary
 * @param settings further HOCON for every node, empty for none
 * @param ballastBytes bytes of entries that lie in the grid beside those that the load uses
 */
record Setup(int nodes, int backups, String settings, long ballastBytes) {

  /** Three nodes, one backup, nothing special. */
  static final Setup THREE = new Setup(3, 1, "", 0);

  /** The same with copies that take some seconds, so that something can happen amid them. */
  static final Setup SLOW_COPIES =
      new Setup(3, 1, "grid.replication.copy-bytes-per-second = 1 MiB\n", 24 << 20);

  /** All that the nodes read. */
  String hocon() {
    return "grid.backups = " + backups + "\n" + settings;
  }
}
