package io.shardgrid.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LoadPlanTest {

  private final LoadPlan plan =
      new LoadPlan(
          "wire",
          new Spread(2, 1, 256, 4),
          new LoadPlan.Volume(1_000, 100, 50),
          new CallerKind(0, 256, Pace.Rest.SLEEP),
          new LoadPlan.Schedule(
              Duration.ofSeconds(1), Duration.ofSeconds(1), 1, new Levels(0, List.of(50))));

  @Test
  void saysWhatItIsAbout() {
    assertThat(plan.title())
        .isEqualTo(
            "wire: 2 nodes, 1 backup, 256 shards, 4 maps, 1,000 entries of 100 B, 50 % reads, 256"
                + " operations in flight");
  }

  @Test
  void isTheBeginningOfEachRow() {
    assertThat(plan.csvCells())
        .hasSameSizeAs(LoadPlan.csvNames())
        .startsWith("wire", "2", "1", "256", "4")
        .endsWith("256 operations in flight");
  }

  @Test
  void drawsALineForEachLoad() {
    Histogram latency = Phase.histogram();
    for (int micros = 1; micros <= 1_000; micros++) {
      latency.recordValue(micros * 1_000L);
    }
    String svg = LatencyChart.of(plan, Map.of("50 %", latency)).svg();
    assertThat(svg).contains("bench wire: latency", ">50 %</text>", ">99.9 %</text>");
    assertThat(svg).containsOnlyOnce("<polyline");
  }
}
