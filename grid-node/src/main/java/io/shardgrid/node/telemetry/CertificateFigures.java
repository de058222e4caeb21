package io.shardgrid.node.telemetry;

import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.access.ServerFigure;
import java.util.List;
import java.util.Map;

/** How long the node's certificates last. Stateless. */
final class CertificateFigures {

  private CertificateFigures() {}

  /**
   * One for each certificate that there is; it may be read anew, there are no more and no fewer.
   */
  static List<ServerFigure> of(GridAccess grid) {
    return grid.certificates().stream().map(one -> expiry(grid, one.settings())).toList();
  }

  private static ServerFigure expiry(GridAccess grid, String settings) {
    return new ServerFigure(
        "certificate.expiry.timestamp",
        "When the certificate that is used ends, since 1970",
        "seconds",
        false,
        Map.of("settings", settings),
        () -> until(grid, settings));
  }

  private static long until(GridAccess grid, String settings) {
    return grid.certificates().stream()
        .filter(one -> one.settings().equals(settings))
        .mapToLong(one -> one.until().getEpochSecond())
        .min()
        .orElse(0);
  }
}
