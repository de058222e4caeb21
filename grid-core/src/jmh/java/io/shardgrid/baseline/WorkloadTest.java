package io.shardgrid.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  private static final int DRAWS = 2_000_000;

  @Test
  void drawsZipfianRanksInTheirProportions() {
    int keys = 1_000;
    double zeta = 0;
    for (int rank = 0; rank < keys; rank++) {
      zeta += Math.pow(rank + 1, -KeyDistribution.THETA);
    }
    int[] counts = counts(KeyDistribution.ZIPFIAN, keys);
    double cumulative = 0;
    int seen = 0;
    for (int rank = 0; rank < keys; rank++) {
      cumulative += Math.pow(rank + 1, -KeyDistribution.THETA) / zeta;
      seen += counts[rank];
      // The integral in place of the sum is off by up to one draw in 40.
      assertThat((double) seen / DRAWS).as("rank %d", rank).isCloseTo(cumulative, within(0.025));
    }
    assertThat((double) counts[0] / DRAWS).isCloseTo(1 / zeta, within(0.002));
  }

  @Test
  void drawsUniformRanksAlike() {
    int[] counts = counts(KeyDistribution.UNIFORM, 100);
    assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(DRAWS / 100 * 11 / 10);
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(DRAWS / 100 * 9 / 10);
  }

  @Test
  void mixesReadsAndWritesAsAskedFor() {
    Workload workload = new Workload(1_000, 90, KeyDistribution.ZIPFIAN);
    int reads = 0;
    int position = workload.start(1, 2);
    for (int i = 0; i < 1_000_000; i++) {
      position = workload.next(position);
      reads += workload.isRead(position) ? 1 : 0;
    }
    assertThat(reads / 1e6).isCloseTo(0.9, within(0.005));
  }

  @Test
  void hasEachKeyOnce() {
    assertThat(new Workload(1_000, 50, KeyDistribution.UNIFORM).keys())
        .doesNotHaveDuplicates()
        .hasSize(1_000);
  }

  @Test
  void refusesADistributionThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ZipfianRank(1, 0.99))
        .withMessageContaining("keys=1");
  }

  private static int[] counts(KeyDistribution distribution, int keys) {
    int[] counts = new int[keys];
    for (int rank : distribution.draw(DRAWS, keys, new SplittableRandom(7))) {
      counts[rank]++;
    }
    return counts;
  }
}
