package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.CertificateReport;
import io.shardgrid.node.access.ServerFigure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is told of certificates: those of now, whatever they were when meters were made. */
final class CertificateFiguresTest {

  private static CertificateReport report(String settings, long untilSeconds) {
    return new CertificateReport(settings, "CN=a", Instant.ofEpochSecond(untilSeconds), 0, null);
  }

  @Test
  void followsARotation() {
    AtomicReference<List<CertificateReport>> now =
        new AtomicReference<>(List.of(report("grid.tls", 500), report("grid.node.tls", 700)));
    List<ServerFigure> figures = CertificateFigures.of(now::get);
    assertThat(figures).extracting(one -> one.value().getAsLong()).containsExactly(500L, 700L);
    assertThat(figures)
        .extracting(ServerFigure::labels)
        .containsExactly(Map.of("settings", "grid.tls"), Map.of("settings", "grid.node.tls"));
    now.set(List.of(report("grid.tls", 900), report("grid.node.tls", 700)));
    assertThat(figures).extracting(one -> one.value().getAsLong()).containsExactly(900L, 700L);
  }

  @Test
  void tellsNothingWithoutTls() {
    assertThat(CertificateFigures.of(List::of)).isEmpty();
  }
}
