package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class BenchmarkTablesTest {

  @Test
  void takesWhatMoreMarksCostForWhatTheMarksCost() {
    String table = BenchmarkTables.markCosts(Map.of(1_000, 80.0), Map.of(1_000, 82.0)).render();
    assertThat(table).endsWith("| 1,000 | 80.0 | 2.00 | 2.50 % |\n");
  }

  @Test
  void showsWhenAnotherMeasurementIsMissing() {
    assertThat(BenchmarkTables.markCosts(Map.of(1_000, 80.0), Map.of()).render())
        .endsWith("| 1,000 | 80.0 | NaN | NaN % |\n");
  }
}
