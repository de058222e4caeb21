package io.shardgrid.node.telemetry;

import io.shardgrid.key.CertificateReport;
import io.shardgrid.node.access.ServerFigure;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How long the node's certificates last. Stateless. */
final class CertificateFigures {

  private CertificateFigures() {}

  /**
   * One for each certificate that there is; it may be read anew, there are no more and no fewer.
   */
  static List<ServerFigure> of(Supplier<List<CertificateReport>> certificates) {
    return certificates.get().stream().map(one -> expiry(certificates, one.settings())).toList();
  }

  private static ServerFigure expiry(
      Supplier<List<CertificateReport>> certificates, String settings) {
    return new ServerFigure(
        "certificate.expiry.timestamp",
        "When the certificate that is used ends, since 1970",
        "seconds",
        false,
        Map.of("settings", settings),
        () -> until(certificates.get(), settings));
  }

  private static long until(List<CertificateReport> certificates, String settings) {
    return certificates.stream()
        .filter(one -> one.settings().equals(settings))
        .mapToLong(one -> one.until().getEpochSecond())
        .min()
        .orElse(0);
  }
}
