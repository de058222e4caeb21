package io.shardgrid.node.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.node.access.GridAccess;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators and their tools about the node and the cluster, over HTTP. Thread-safe.
 *
 * <p>It answers from {@link #bind} on; until {@link #serve} the node is alive and not ready.
 */
public final class AdminServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final long CLOSE_SECONDS_MAX = 5;

  private final Pages pages;
  private final EventLoopGroup loops;
  private final Channel listener;
  private final ChannelGroup connections;

  private AdminServer(
      Pages pages, EventLoopGroup loops, Channel listener, ChannelGroup connections) {
    this.pages = pages;
    this.loops = loops;
    this.listener = listener;
    this.connections = connections;
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any free port
   * @throws GridConfigException if it cannot listen there
   */
  public static AdminServer bind(String host, int port, AdminSettings settings) {
    Pages pages = new Pages(settings.reportTimeout(), settings.console(), Clock.systemUTC());
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("grid-http", true), NioIoHandler.newFactory());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, settings.backlog())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new Clients(settings, pages, connections))
            .bind(host, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new GridConfigException(
          "The HTTP server cannot listen: key=grid.node.http.port, host="
              + host
              + ", port="
              + port
              + ", reason="
              + bound.cause().getMessage()
              + "; stop what listens there, or choose another port (0 takes any free one)",
          bound.cause());
    }
    return new AdminServer(pages, loops, bound.channel(), connections);
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Answers from the grid from now on; called once. */
  public void serve(GridAccess grid) {
    pages.serve(grid);
  }

  /** Closes all connections and the port, within a few seconds. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    connections.close();
    loops
        .shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
  }

  /** Sets connections up. */
  private static final class Clients extends ChannelInitializer<Channel> {
    private final AdminSettings settings;
    private final Pages pages;
    private final ChannelGroup connections;

    Clients(AdminSettings settings, Pages pages, ChannelGroup connections) {
      this.settings = settings;
      this.pages = pages;
      this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (connections.size() >= settings.connectionsMax()) {
        LOG.warn(
            "A client was refused: client={}, grid.node.http.connections-max={}",
            channel.remoteAddress(),
            settings.connectionsMax());
        channel.close();
        return;
      }
      connections.add(channel);
      channel
          .pipeline()
          .addLast(
              new IdleStateHandler(0, 0, settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS),
              new HttpServerCodec(),
              new HttpObjectAggregator(settings.requestBytesMax()),
              new AdminConnection(pages, settings.pipelineMax()));
    }
  }
}
