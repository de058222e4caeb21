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
import io.shardgrid.key.Seldom;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.access.ServerFigure;
import io.shardgrid.node.security.AccessSettings;
import io.shardgrid.node.security.Entrance;
import io.shardgrid.node.security.SourceCount;
import io.shardgrid.tls.channel.PlainPort;
import io.shardgrid.tls.channel.ServerTls;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators and their tools about the node and the cluster, over HTTP. Thread-safe.
 *
 * <p>It answers from {@link #bind} on; until {@link #serve} the node is alive and not ready.
 */
public final class AdminServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final String TLS_TO_PLAIN =
      "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  private static final long CLOSE_SECONDS_MAX = 5;

  private final PageSource pages;
  private final EventLoopGroup loops;
  private final Channel listener;
  private final Connections connections;

  private AdminServer(
      PageSource pages, EventLoopGroup loops, Channel listener, Connections connections) {
    this.pages = pages;
    this.loops = loops;
    this.listener = listener;
    this.connections = connections;
  }

  /**
   * Its connections.
   *
   * @param open those of now
   * @param accepted how many there were so far
   * @param rejected how many of these were one too many
   * @param log lets a line a minute pass about those
   * @param tls of the port; null if it speaks none
   */
  private record Connections(
      ChannelGroup open,
      LongAdder accepted,
      LongAdder rejected,
      Seldom log,
      @Nullable ServerTls tls) {

    static Connections of(Entrance entrance) {
      return new Connections(
          new DefaultChannelGroup(GlobalEventExecutor.INSTANCE),
          new LongAdder(),
          entrance.access().counters().refusedHttp,
          new Seldom(),
          entrance.tls());
    }

    /** Closes one that is one too many. */
    void reject(Channel channel, String bound, int max) {
      rejected.increment();
      long times = log.due(System.nanoTime());
      if (times > 0) {
        LOG.warn(
            "Clients are refused: times={}, lastClient={}, grid.node.http.{}={}",
            times,
            channel.remoteAddress(),
            bound,
            max);
      }
      channel.close();
    }

    List<ServerFigure> figures() {
      return List.of(
          ServerFigure.open("http", open::size),
          ServerFigure.accepted("http", accepted::sum),
          ServerFigure.rejected("http", rejected::sum),
          ServerFigure.withoutTls("http", tls == null ? () -> 0 : tls::refused));
    }
  }

  /**
   * Begins to listen, for anybody and without TLS, at that port.
   *
   * @throws GridConfigException if it cannot listen there
   */
  public static AdminServer bind(String host, int port, AdminSettings settings) {
    return bind(host, port, settings, Entrance.open());
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any free port
   * @param entrance who may come in, and how
   * @throws GridConfigException if it cannot listen there
   */
  public static AdminServer bind(String host, int port, AdminSettings settings, Entrance entrance) {
    return bind(
        host,
        port,
        settings,
        entrance,
        new Pages(settings.reportTimeout(), settings.console(), Clock.systemUTC()));
  }

  /**
   * Begins to listen, with other pages than those of a node; {@link #serve} is not for these.
   *
   * @throws GridConfigException if it cannot listen there
   */
  public static AdminServer bind(
      String host, int port, AdminSettings settings, Entrance entrance, ServicePages pages) {
    return bind(host, port, settings, entrance, new ServiceSource(pages));
  }

  private static AdminServer bind(
      String host, int port, AdminSettings settings, Entrance entrance, PageSource pages) {
    Connections connections = Connections.of(entrance);
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
            .childHandler(new Clients(settings, pages, entrance, connections))
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

  /**
   * Looks at what anybody may read.
   *
   * @throws GridConfigException if a page is named that there is not, or that changes something
   */
  public static void checkOpenPages(AdminSettings settings, AccessSettings access) {
    Pages pages = new Pages(settings.reportTimeout(), settings.console(), Clock.systemUTC());
    access.checkPages(pages.openable());
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Answers from the grid from now on; called once. */
  public void serve(GridAccess grid) {
    serve(grid, List.of());
  }

  /**
   * The same, with meters of other servers beside its own.
   *
   * @param others what they count
   */
  public void serve(GridAccess grid, List<ServerFigure> others) {
    List<ServerFigure> all = new ArrayList<>(connections.figures());
    all.addAll(others);
    if (!(pages instanceof Pages ofNode)) {
      throw new IllegalStateException("These are not the pages of a node");
    }
    ofNode.serve(grid, all);
  }

  /** What its connections count. */
  public List<ServerFigure> figures() {
    return connections.figures();
  }

  /** Stops a drill, closes all connections and the port, within a few seconds. */
  @Override
  public void close() {
    pages.close();
    listener.close().awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    connections.open.close();
    loops
        .shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
  }

  /** Sets connections up. */
  private static final class Clients extends ChannelInitializer<Channel> {
    private final AdminSettings settings;
    private final PageSource pages;
    private final AdminGate gate;
    private final PlainPort plain = new PlainPort("grid.node.http.port", TLS_TO_PLAIN);
    private final Connections connections;
    private final SourceCount sources = new SourceCount();

    Clients(AdminSettings settings, PageSource pages, Entrance entrance, Connections connections) {
      this.settings = settings;
      this.pages = pages;
      this.gate = new AdminGate(entrance.access());
      this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) {
      connections.accepted.increment();
      if (connections.open.size() >= settings.connectionsMax()) {
        connections.reject(channel, "connections-max", settings.connectionsMax());
        return;
      }
      if (channel.remoteAddress() instanceof InetSocketAddress internet) {
        int ofSource = sources.opened(internet.getAddress());
        channel.closeFuture().addListener(closed -> sources.closed(internet.getAddress()));
        if (ofSource > settings.perSourceMax()) {
          connections.reject(channel, "connections-per-source-max", settings.perSourceMax());
          return;
        }
      }
      connections.open.add(channel);
      ServerTls tls = connections.tls;
      if (tls == null) {
        plain.watch(channel);
      } else {
        tls.secure(channel);
      }
      RequestDeadline deadline =
          new RequestDeadline(settings.requestTimeout(), gate.desk().counters().lateRequests);
      channel
          .pipeline()
          .addLast(
              new IdleStateHandler(0, 0, settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS),
              deadline,
              new HttpServerCodec(),
              deadline.watcher(),
              new HttpObjectAggregator(settings.requestBytesMax()),
              new AdminConnection(pages, gate, settings.pipelineMax()));
    }
  }
}
