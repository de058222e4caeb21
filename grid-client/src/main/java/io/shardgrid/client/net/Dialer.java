package io.shardgrid.client.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.shardgrid.tls.LiveCredentials;
import io.shardgrid.tls.channel.ClientTls;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes connections. Thread-safe. */
final class Dialer {

  private final EventLoops loops;
  private final ConnectionSettings settings;
  private final long client;
  private final @Nullable ClientTls tls;

  /**
   * Makes connections on these loops.
   *
   * @param tls null for connections without TLS; not closed with them
   */
  Dialer(
      EventLoops loops, ConnectionSettings settings, long client, @Nullable LiveCredentials tls) {
    this.tls = tls == null ? null : new ClientTls(tls);
    this.loops = loops;
    this.settings = settings;
    this.client = client;
  }

  /** Begins to connect; the listener hears on this loop how it went. */
  Connection dial(NodeAddress address, EventLoop loop, Connection.Listener listener) {
    Connection connection = new Connection(settings, client, listener);
    loops.resolve(address, loop, resolved -> connect(address, resolved, loop, connection));
    return connection;
  }

  private void connect(
      NodeAddress address, InetSocketAddress resolved, EventLoop loop, Connection connection) {
    if (resolved.isUnresolved()) {
      connection.failed("the host is not known");
      return;
    }
    ChannelInitializer<Channel> pipeline =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            if (tls != null) {
              tls.secure(channel, address.host(), address.port());
            }
            channel.pipeline().addLast(new ReplyFrames(settings.replyBytesMax()), connection);
          }
        };
    loops
        .bootstrap(loop, settings)
        .handler(pipeline)
        .connect(resolved)
        .addListener((ChannelFuture attempt) -> ended(attempt, connection));
  }

  private static void ended(ChannelFuture attempt, Connection connection) {
    Throwable cause = attempt.cause();
    if (cause != null) {
      connection.failed(String.valueOf(cause.getMessage()));
    }
  }
}
