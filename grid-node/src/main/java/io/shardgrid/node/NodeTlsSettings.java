package io.shardgrid.node;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.tls.TlsSettings;

/**
 * TLS of the node's servers, {@code grid.node.tls}. Immutable.
 *
 * @param isRespOn whether the RESP port speaks TLS only
 * @param isHttpOn whether the HTTP port does
 * @param respNeedsCertificate whether clients of the RESP port have to have a certificate
 * @param httpNeedsCertificate whether clients of the HTTP port have to have one
 * @param files what certificates they use
 */
record NodeTlsSettings(
    boolean isRespOn,
    boolean isHttpOn,
    boolean respNeedsCertificate,
    boolean httpNeedsCertificate,
    TlsSettings files) {

  private static final String PATH = "grid.node.tls";

  NodeTlsSettings {
    requireTls(isRespOn, respNeedsCertificate, "resp");
    requireTls(isHttpOn, httpNeedsCertificate, "http");
    if (isRespOn || isHttpOn) {
      files.requireIdentity();
    }
    if (respNeedsCertificate || httpNeedsCertificate) {
      files.requireAuthority();
    }
  }

  /** Whether one of the servers speaks TLS. */
  boolean isOn() {
    return isRespOn || isHttpOn;
  }

  private static void requireTls(boolean isOn, boolean needsCertificate, String server) {
    StrictSettings.require(
        isOn || !needsCertificate,
        PATH + "." + server + "-client-certificates",
        "off, unless " + PATH + "." + server + " is on",
        "on");
  }

  /** Reads {@code grid.node.tls}; where it names no file, that of {@code grid.tls} is used. */
  static NodeTlsSettings from(Config grid) {
    return StrictSettings.read(
        grid.getConfig("node.tls"),
        PATH,
        tls ->
            new NodeTlsSettings(
                tls.getBoolean("resp"),
                tls.getBoolean("http"),
                tls.getBoolean("resp-client-certificates"),
                tls.getBoolean("http-client-certificates"),
                TlsSettings.ofServer(tls, PATH, grid.getConfig("tls"))));
  }
}
