package io.shardgrid.actor;

import io.shardgrid.key.CertificateReport;
import io.shardgrid.net.LinkSecurity;
import io.shardgrid.tls.LiveCredentials;
import java.util.List;

/** What a node makes sure of its peers by, in all its incarnations. Thread-safe. */
final class NodeSecurity implements AutoCloseable {

  private final LinkSecurity links;

  private NodeSecurity(LinkSecurity links) {
    this.links = links;
  }

  /**
   * Reads the certificates, if TLS is on.
   *
   * @throws io.shardgrid.failure.GridConfigException if they cannot be used
   */
  static NodeSecurity open(SecuritySettings settings) {
    return new NodeSecurity(
        new LinkSecurity(
            settings.tls().map(LiveCredentials::open).orElse(null),
            settings.secret().orElse(null)));
  }

  LinkSecurity links() {
    return links;
  }

  /** How the certificate of the peer links is; none without TLS. */
  List<CertificateReport> certificates() {
    LiveCredentials tls = links.tls();
    CertificateReport report = tls == null ? null : tls.report();
    return report == null ? List.of() : List.of(report);
  }

  @Override
  public void close() {
    LiveCredentials tls = links.tls();
    if (tls != null) {
      tls.close();
    }
  }
}
