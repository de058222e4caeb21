package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.BenchmarkTables.Score;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BenchmarkTablesTest {

  @Test
  void takesWhatMoreMarksCostForWhatTheMarksCost() {
    String table =
        BenchmarkTables.markCosts(Map.of(1_000, new Score(80, 3)), Map.of(1_000, new Score(82, 4)))
            .render();
    assertThat(table).endsWith("| 1,000 | 80.0 | 2.00 | 5.00 | 2.50 % |\n");
  }

  @Test
  void showsWhenAnotherMeasurementIsMissing() {
    assertThat(BenchmarkTables.markCosts(Map.of(1_000, new Score(80, 3)), Map.of()).render())
        .endsWith("| 1,000 | 80.0 | NaN | - | NaN % |\n");
  }
}
