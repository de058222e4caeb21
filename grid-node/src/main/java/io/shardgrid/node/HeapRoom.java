package io.shardgrid.node;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the heap of this process grow well ahead of what it holds, up to its maximum, and stay large.
 *
 * <p>For a process that is a node and nothing else: a grid that is embedded leaves the heap of its
 * service alone. Where somebody has set these options, theirs hold.
 */
final class HeapRoom {

  /*
   * G1 begins a concurrent cycle when 45 % of the heap as it is now is in use, and sizes the heap
   * after each so that 40 % of it are free: less than that already. So while a node is filled, one
   * cycle followed the other, four a second, and each stands still twice. And what it did first was
   * to halve the heap, as a node that has just begun holds next to nothing. Both ratios are options
   * that HotSpot lets a running program set.
   */
  private static final Logger LOG = LoggerFactory.getLogger(HeapRoom.class);
  static final String FREE_RATIO_MAX = "MaxHeapFreeRatio";
  static final String FREE_RATIO_MIN = "MinHeapFreeRatio";
  static final int FREE_PERCENT_MAX = 100;
  static final int FREE_PERCENT_MIN = 75;

  private HeapRoom() {}

  /** Sets the options for the rest of the process. */
  static void ask() {
    try {
      HotSpotDiagnosticMXBean virtualMachine =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      // In this order: the virtual machine refuses a least ratio above the largest one.
      set(virtualMachine, FREE_RATIO_MAX, FREE_PERCENT_MAX);
      set(virtualMachine, FREE_RATIO_MIN, FREE_PERCENT_MIN);
    } catch (IllegalArgumentException | LinkageError e) {
      LOG.debug("the virtual machine does not let its heap be sized", e);
    }
  }

  private static void set(HotSpotDiagnosticMXBean virtualMachine, String option, int percent) {
    if (virtualMachine.getVMOption(option).getOrigin() == VMOption.Origin.DEFAULT) {
      virtualMachine.setVMOption(option, Integer.toString(percent));
    }
  }
}
