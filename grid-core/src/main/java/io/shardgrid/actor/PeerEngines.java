package io.shardgrid.actor;

import io.shardgrid.tls.LiveCredentials;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/**
 * TLS for Pekko's connections, with the certificates that the peer links use: both ends show one,
 * and who opens a connection compares it with the host. Pekko's own provider of this kind reads RSA
 * keys only. Thread-safe.
 */
final class PeerEngines implements SSLEngineProvider {

  private final LiveCredentials credentials;

  PeerEngines(LiveCredentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    return credentials.serverEngine(true);
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    return credentials.clientEngine(hostname, port);
  }

  /** The engine has checked all. */
  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  /** The engine has checked all. */
  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return Option.empty();
  }
}
