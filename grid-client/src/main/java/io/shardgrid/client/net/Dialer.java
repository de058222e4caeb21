package io.shardgrid.client.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/** Makes connections. Thread-safe. */
final class Dialer {

  private final EventLoops loops;
  private final ConnectionSettings settings;
  private final Credentials credentials;
  private final long client;

  Dialer(EventLoops loops, ConnectionSettings settings, Credentials credentials, long client) {
    this.loops = loops;
    this.settings = settings;
    this.credentials = credentials;
    this.client = client;
  }

  /** Begins to connect; the listener hears on this loop how it went. */
  Connection dial(NodeAddress address, EventLoop loop, Connection.Listener listener) {
    Connection connection = new Connection(settings, client, listener);
    loops.resolve(
        address, credentials, loop, (resolved, who) -> connect(resolved, who, loop, connection));
    return connection;
  }

  private void connect(
      InetSocketAddress resolved, EventLoops.Who who, EventLoop loop, Connection connection) {
    if (who.trouble() != null) {
      connection.failed(who.trouble());
      return;
    }
    connection.logIn(who.login());
    if (resolved.isUnresolved()) {
      connection.failed("the host is not known");
      return;
    }
    ChannelInitializer<Channel> pipeline =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
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
