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
  private final Credentials credentials;
  private final long client;
  private final @Nullable ClientTls tls;

  /** Where a node is, and who the client is to it. */
  private record Found(InetSocketAddress address, EventLoops.Who who) {}

  Dialer(EventLoops loops, ConnectionSettings settings, Identity identity, long client) {
    LiveCredentials certificates = identity.certificates();
    this.tls = certificates == null ? null : new ClientTls(certificates);
    this.loops = loops;
    this.settings = settings;
    this.credentials = identity.credentials();
    this.client = client;
  }

  /** Begins to connect; the listener hears on this loop how it went. */
  Connection dial(NodeAddress address, EventLoop loop, Connection.Listener listener) {
    Connection connection = new Connection(settings, client, listener);
    loops.resolve(
        address,
        credentials,
        loop,
        (resolved, who) -> connect(address, new Found(resolved, who), loop, connection));
    return connection;
  }

  private void connect(NodeAddress address, Found found, EventLoop loop, Connection connection) {
    InetSocketAddress resolved = found.address();
    EventLoops.Who who = found.who();
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
