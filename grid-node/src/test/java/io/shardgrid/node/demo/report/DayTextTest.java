package io.shardgrid.node.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DayTextTest {

  @Test
  void tellsTheSameOnOneScreen() {
    assertThat(DayText.lines(SampleDay.good()))
        .containsExactly(
            "A grid that sizes itself: 3 -> 5 -> 3 nodes",
            "  load        900 to 3,800 operations/s in 3:00 minutes, 800 operations/s wanted of each"
                + " node",
            "  nodes       5 after 1:00, 3 again after 2:30",
            "  operations  400,000, failed 0",
            "  latency     p50 0.4 ms, p99 12 ms, p99.9 46 ms, longest 789 ms",
            "  verified    100 %: 135,233 towns, 40,000 counters, 120,000 acknowledged writes; 0 wrong",
            "  moved       30.0 MiB between nodes",
            "   1   0:48  3 -> 5 nodes: 2 come; there after 12.2 s, at rest after 22.5 s; moved"
                + " 20.0 MiB",
            "             Nodes served 1,180 operations/s each on average, where 800 are wanted:"
                + " 3 x 1,180 / 800 = 4.43, so 5 nodes.",
            "   2   2:18  5 -> 4 nodes: a goes; gone after 9.1 s, at rest after 9.4 s; moved"
                + " 9.0 MiB",
            "             Nodes served 410 operations/s each on average, where 800 are wanted:"
                + " 5 x 410 / 800 = 2.56, so 3 nodes. Its drain moves the fewest bytes in the"
                + " largest zone: a.",
            "Everything held.");
  }

  @Test
  void endsWithWhatWentWrong() {
    assertThat(DayText.lines(SampleDay.bad("the grid did not grow")))
        .contains("  operations  400,000, failed 2 Odd: 2")
        .endsWith("Not everything held:", "  the grid did not grow");
  }

  @Test
  void suitsTerminalsThatKnowAsciiOnly() {
    assertThat(DayText.lines(SampleDay.good()))
        .allMatch(line -> StandardCharsets.US_ASCII.newEncoder().canEncode(line));
  }
}
