package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CollectorThreadsTest {

  private static final String REST = " S 1 2 3 0 -1 4194368 7 0 0 0 120 3 0 0 20 0 17 0 1234 5 6";

  @Test
  void countsTheCollectorsThreads() {
    assertThat(CollectorThreads.cpuMillis("42 (GC Thread#0)" + REST)).isEqualTo(1_230);
    assertThat(CollectorThreads.cpuMillis("42 (G1 Conc#0)" + REST)).isEqualTo(1_230);
  }

  @Test
  void passesOverAllOthers() {
    assertThat(CollectorThreads.cpuMillis("42 (main)" + REST)).isZero();
    assertThat(CollectorThreads.cpuMillis("42 (odd) GC (name)" + REST)).isZero();
  }
}
