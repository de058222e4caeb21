package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.figures.ReportSection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UseMarkCostTest {

  @Test
  void runsWithTheCheckAndWithoutIt() throws IOException, InterruptedException {
    List<ReportSection> sections =
        UseMarkCost.measure(
            List.of("--entries=100", "--operations=1_000", "--rounds=1", "--jvm=-Xmx64m"));
    assertThat(ReportSection.render(sections)).contains("| 100 | one use |", "| 100 | two uses |");
  }
}
