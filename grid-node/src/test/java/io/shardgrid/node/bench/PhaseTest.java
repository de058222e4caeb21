package io.shardgrid.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PhaseTest {

  private final Phase phase = new Phase("during");

  @Test
  void knowsItsLatenciesToThreeDigits() {
    for (int millis = 1; millis <= 1_000; millis++) {
      phase.done(TimeUnit.MILLISECONDS.toNanos(millis));
    }
    phase.end();
    assertThat(phase.millis(50)).isBetween(499.0, 501.0);
    assertThat(phase.millis(99)).isBetween(989.0, 991.5);
    assertThat(phase.slowerThan(TimeUnit.MILLISECONDS.toNanos(250))).isBetween(749L, 751L);
  }

  @Test
  void countsFailuresByKind() {
    assertThat(phase.failureKinds()).isEmpty();
    phase.failed("OutcomeUnknownException");
    phase.failed("GridTimeoutException");
    phase.failed("OutcomeUnknownException");
    assertThat(phase.failures()).isEqualTo(3);
    assertThat(phase.failureKinds())
        .isEqualTo("{GridTimeoutException=1, OutcomeUnknownException=2}");
  }

  @Test
  void countsWhatItsPartsCount() {
    Phase part = phase.part("+0 s");
    part.done(TimeUnit.MILLISECONDS.toNanos(300));
    part.failed("x");
    phase.done(TimeUnit.MILLISECONDS.toNanos(400));
    assertThat(part.slowerThan(TimeUnit.MILLISECONDS.toNanos(250))).isEqualTo(1);
    assertThat(phase.slowerThan(TimeUnit.MILLISECONDS.toNanos(250))).isEqualTo(2);
    assertThat(phase.failures()).isEqualTo(part.failures()).isEqualTo(1);
  }

  @Test
  void isALineUnderItsHeads() {
    phase.done(TimeUnit.MILLISECONDS.toNanos(2));
    phase.failed("x");
    phase.end();
    List<String> table = Phase.table(List.of(phase));
    assertThat(table).hasSize(2);
    assertThat(table.get(1)).startsWith("  during").endsWith("50.000%");
    assertThat(table.get(1)).hasSameSizeAs(table.get(0));
  }
}
