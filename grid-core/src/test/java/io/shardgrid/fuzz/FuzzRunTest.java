package io.shardgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.fuzz.FuzzReport.Finding;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The fuzzer finds the faults that were put into code for it. */
final class FuzzRunTest {

  private static FuzzReport run(String planted, long executions) throws Exception {
    FuzzBudget budget = new FuzzBudget(executions, Optional.empty(), 1, 5);
    try (FuzzRun run = FuzzRun.of("io.shardgrid.fuzz.planted." + planted, budget)) {
      return run.run();
    }
  }

  private static Finding only(FuzzReport report) {
    assertThat(report.findings()).hasSize(1);
    return report.findings().get(0);
  }

  /** One of 2^40 inputs: only who sees which way the code takes gets there. */
  @Test
  void isLedByTheWaysThatInputsTake() throws Exception {
    Finding finding = only(run("MazeTarget", 200_000));
    assertThat(finding.failure()).isInstanceOf(IllegalStateException.class);
    assertThat(finding.input()).hasSize(6);
    assertThat(finding.input()).contains(new byte[] {0x46, 0x75, (byte) 0xF1, 0x11, 0x5A});
    assertThat(Files.readAllBytes(finding.file())).isEqualTo(finding.input());
  }

  @Test
  void findsWhatTakesNoEnd() throws Exception {
    Finding finding = only(run("EndlessTarget", 20_000));
    assertThat(finding.failure()).isInstanceOf(Coverage.TooManySteps.class);
    assertThat(finding.input()).containsExactly(9);
  }

  @Test
  void findsWhatTakesTooMuchMemory() throws Exception {
    Finding finding = only(run("GreedyTarget", 2_000));
    assertThat(finding.failure())
        .isInstanceOf(FuzzRun.TooMuchMemory.class)
        .hasMessageContaining("inputBytes=");
  }

  @Test
  void doesTheSameEachTime() throws Exception {
    FuzzReport first = run("MazeTarget", 3_000);
    FuzzReport second = run("MazeTarget", 3_000);
    assertThat(second.ways()).isEqualTo(first.ways()).isGreaterThan(3);
    assertThat(second.corpus()).isEqualTo(first.corpus());
    assertThat(second.accepted()).isEqualTo(first.accepted());
  }

  @Test
  void saysHowAFindingIsTriedAgain() throws Exception {
    FuzzReport report = run("EndlessTarget", 20_000);
    assertThatThrownBy(report::requireNoFindings)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dgrid.fuzz.replay=FILE")
        .hasMessageContaining(only(report).file().toString())
        .hasMessageContaining("seed=1");
  }
}
