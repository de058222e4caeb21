package io.shardgrid.node;

import io.shardgrid.key.CertificateReport;
import io.shardgrid.tls.LiveCredentials;
import io.shardgrid.tls.channel.ServerTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificates of the node's servers. Thread-safe. */
final class ServersTls implements AutoCloseable {

  private static final String PLAIN_TO_RESP =
      "-ERR This port speaks TLS only: grid.node.tls.resp=on, redis-cli --tls --cacert FILE\r\n";
  private static final String HTTPS_ONLY =
      "{\"message\":\"This port speaks https only: --ca FILE, or --tls\"}\r\n";
  private static final String PLAIN_TO_HTTP =
      "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nConnection: close\r\n"
          + "Content-Length: "
          + HTTPS_ONLY.length()
          + "\r\n\r\n"
          + HTTPS_ONLY;

  private final NodeTlsSettings settings;
  private final @Nullable LiveCredentials credentials;

  private ServersTls(NodeTlsSettings settings, @Nullable LiveCredentials credentials) {
    this.settings = settings;
    this.credentials = credentials;
  }

  /**
   * Reads the certificates, if a server needs them.
   *
   * @throws io.shardgrid.failure.GridConfigException if they cannot be used
   */
  static ServersTls open(NodeTlsSettings settings) {
    return new ServersTls(
        settings, settings.isOn() ? LiveCredentials.open(settings.files()) : null);
  }

  /** TLS of the RESP port; null if it speaks none. */
  @Nullable ServerTls resp() {
    return credentials == null || !settings.isRespOn()
        ? null
        : new ServerTls(
            credentials, settings.respNeedsCertificate(), "grid.node.resp.port", PLAIN_TO_RESP);
  }

  /** TLS of the HTTP port; null if it speaks none. */
  @Nullable ServerTls http() {
    return credentials == null || !settings.isHttpOn()
        ? null
        : new ServerTls(
            credentials, settings.httpNeedsCertificate(), "grid.node.http.port", PLAIN_TO_HTTP);
  }

  /** How the servers' certificate is; none if they have none. */
  List<CertificateReport> certificates() {
    CertificateReport report = credentials == null ? null : credentials.report();
    return report == null ? List.of() : List.of(report);
  }

  @Override
  public void close() {
    if (credentials != null) {
      credentials.close();
    }
  }
}
