package io.shardgrid.node.drill;

import java.nio.file.Path;

/**
 * What a drill begins with. Immutable.
 *
 * @param nodes nodes of the cluster
 * @param backups copies of a shard beside its primary
 * @param settings further HOCON for every node, empty for none; {@value #DIRECTORY} stands for the
 *     directory of the run
 * @param ballastBytes bytes of entries that lie in the grid beside those that the load uses
 */
record Setup(int nodes, int backups, String settings, long ballastBytes) {

  /** Three nodes, one backup, nothing special. */
  static final Setup THREE = new Setup(3, 1, "", 0);

  /** The same with copies that take some seconds, so that something can happen amid them. */
  static final Setup SLOW_COPIES =
      new Setup(3, 1, "grid.replication.copy-bytes-per-second = 1 MiB\n", 24 << 20);

  /** Stands in settings for the directory of the run. */
  static final String DIRECTORY = "@directory@";

  private static final String NODES = "nodes";

  /**
   * Three nodes that start and end others as the load wants it, and copies that take some seconds.
   * So that the load of the drill wants fewer nodes than the data needs, and with a pump five.
   */
  static final Setup ELASTIC =
      new Setup(
          3,
          1,
          """
          grid.replication.copy-bytes-per-second = 4 MiB
          grid.autoscale {
            mode = act
            interval = 1s
            report-interval = 500ms
            warm-up = 1s
            nodes-max = 5
            start-timeout = 4m
            down.stabilization = 5s
            metrics {
              cpu.source = off
              memory.source = off
              operations { source = operations, target = 500 }
            }
          }
          grid.node.provision {
            kind = local
            local {
              directory = "@directory@/nodes"
              heap = 256m
            }
          }
          """,
          16 << 20);

  /** All that the nodes of a run read. */
  String hocon(Path directory) {
    String own = settings.replace(DIRECTORY, directory.toString().replace("\\", "\\\\"));
    return "grid.backups = " + backups + "\n" + own;
  }

  /** Where nodes that nodes have started are, in the directory of the run. */
  static Path started(Path directory) {
    return directory.resolve(NODES);
  }

  /** Whether nodes start others. */
  boolean isElastic() {
    return settings.contains(DIRECTORY);
  }
}
