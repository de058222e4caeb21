package io.shardgrid.tls.channel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.shardgrid.key.Seldom;
import io.shardgrid.tls.LiveCredentials;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS at one port: every connection begins with a handshake, within {@code handshake-timeout}, or
 * is closed. What fails is counted, and one line a minute is logged of it. Thread-safe.
 */
public final class ServerTls {

  private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

  private final LiveCredentials credentials;
  private final boolean needsCertificate;
  private final String port;
  private final byte[] plainReply;
  private final Seldom log = new Seldom();
  private final LongAdder refused = new LongAdder();

  /**
   * TLS with these certificates.
   *
   * @param needsCertificate whether clients have to have a certificate of an authority
   * @param port what the port is called, for the log
   * @param plainReply what one is told who does not speak TLS, in his own protocol; may be empty
   */
  public ServerTls(
      LiveCredentials credentials, boolean needsCertificate, String port, String plainReply) {
    this.credentials = credentials;
    this.needsCertificate = needsCertificate;
    this.port = port;
    this.plainReply = plainReply.getBytes(StandardCharsets.US_ASCII);
  }

  /** Puts TLS before all that is added to the connection's pipeline from now on. */
  public void secure(Channel channel) {
    SslHandler tls = new SslHandler(credentials.serverEngine(needsCertificate));
    tls.setHandshakeTimeoutMillis(credentials.handshakeTimeout().toMillis());
    channel.pipeline().addLast(tls, new Watch(tls));
  }

  /** Connections that were closed because their handshake failed. */
  public long refused() {
    return refused.sum();
  }

  /** Ends what fails, so that the handlers behind hear of their own failures only. */
  private final class Watch extends ChannelInboundHandlerAdapter {

    private final SslHandler tls;
    private boolean isRefused;

    Watch(SslHandler tls) {
      this.tls = tls;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done && !done.isSuccess()) {
        refuse(context, done.cause());
      }
      context.fireUserEventTriggered(event);
    }

    private void refuse(ChannelHandlerContext context, Throwable cause) {
      isRefused = true;
      refused.increment();
      if (cause instanceof NotSslRecordException && plainReply.length > 0) {
        // Written in front of TLS: whoever reads it does not speak it.
        ChannelHandlerContext front = context.pipeline().context(tls);
        if (front != null) {
          front.writeAndFlush(Unpooled.wrappedBuffer(plainReply));
        }
      }
      long count = log.due(System.nanoTime());
      if (count > 0) {
        LOG.warn(
            "Refused without TLS or by its handshake: port={}, client={}, times={}, reason={}",
            port,
            context.channel().remoteAddress(),
            count,
            TlsTrouble.words(cause));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (isRefused || TlsTrouble.in(cause) != null) {
        LOG.debug("TLS ends: port={}, channel={}", port, context.channel(), cause);
        context.close();
      } else {
        context.fireExceptionCaught(cause);
      }
    }
  }
}
