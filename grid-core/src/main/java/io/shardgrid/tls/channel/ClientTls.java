package io.shardgrid.tls.channel;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.shardgrid.tls.LiveCredentials;

/**
 * TLS for connections that are opened: the other end has to have a certificate for the host that
 * was asked for. Handlers hear of the handshake by Netty's {@code SslHandshakeCompletionEvent}.
 * Thread-safe.
 */
public final class ClientTls {

  private final LiveCredentials credentials;

  /** TLS with these certificates. */
  public ClientTls(LiveCredentials credentials) {
    this.credentials = credentials;
  }

  /** Puts TLS before all that is added to the connection's pipeline from now on. */
  public void secure(Channel channel, String host, int port) {
    SslHandler tls = new SslHandler(credentials.clientEngine(host, port));
    tls.setHandshakeTimeoutMillis(credentials.handshakeTimeout().toMillis());
    channel.pipeline().addLast(tls);
  }
}
