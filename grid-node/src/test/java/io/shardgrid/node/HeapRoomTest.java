package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeapRoomTest {

  private final HotSpotDiagnosticMXBean virtualMachine =
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

  /** One test: an option that was set once has no default any more. */
  @Test
  void setsWhatNobodyHasSet() {
    VMOption max = virtualMachine.getVMOption(HeapRoom.FREE_RATIO_MAX);
    VMOption min = virtualMachine.getVMOption(HeapRoom.FREE_RATIO_MIN);
    assertThat(List.of(max.getOrigin(), min.getOrigin())).containsOnly(VMOption.Origin.DEFAULT);
    try {
      HeapRoom.ask();
      assertThat(virtualMachine.getVMOption(HeapRoom.FREE_RATIO_MAX).getValue()).isEqualTo("100");
      assertThat(virtualMachine.getVMOption(HeapRoom.FREE_RATIO_MIN).getValue()).isEqualTo("75");

      virtualMachine.setVMOption(HeapRoom.FREE_RATIO_MIN, "50");
      HeapRoom.ask();
      assertThat(virtualMachine.getVMOption(HeapRoom.FREE_RATIO_MIN).getValue()).isEqualTo("50");
    } finally {
      virtualMachine.setVMOption(HeapRoom.FREE_RATIO_MIN, min.getValue());
      virtualMachine.setVMOption(HeapRoom.FREE_RATIO_MAX, max.getValue());
    }
  }
}
