package io.shardgrid.node.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a thread allocates from the making of this on. Confined to that thread. */
final class AllocationMeter {

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long before = threads.getCurrentThreadAllocatedBytes();

  long bytes() {
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
