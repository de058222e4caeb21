package io.shardgrid.node.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What the processes of a measurement have used so far. Immutable.
 *
 * @param own processor time of this process
 * @param nodes processor time of the nodes' own processes
 * @param sentBytes that the nodes have sent to each other; negative if there is but one
 */
record Usage(Duration own, Duration nodes, long sentBytes) {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Of a process without others. */
  static Usage ofThisProcess() {
    return with(Duration.ZERO, -1);
  }

  /** The same of this process and of nodes beside it. */
  static Usage with(Duration nodes, long sentBytes) {
    return new Usage(Duration.ofNanos(SYSTEM.getProcessCpuTime()), nodes, sentBytes);
  }

  /** What has come since an earlier one. */
  Usage since(Usage earlier) {
    return new Usage(
        own.minus(earlier.own),
        nodes.minus(earlier.nodes),
        sentBytes < 0 ? sentBytes : sentBytes - earlier.sentBytes);
  }
}
