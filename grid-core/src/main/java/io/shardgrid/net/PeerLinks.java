package io.shardgrid.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.shardgrid.failure.CodecException;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.Charter;
import io.shardgrid.key.LinkLoad;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.Backoff;
import io.shardgrid.link.LinkSettings;
import io.shardgrid.tls.LiveCredentials;
import io.shardgrid.tls.channel.ServerTls;
import io.shardgrid.wire.MapNames;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node's links to its peers: one connection to each of them, and one from each.
 *
 * <p>A link is directed: the node that opens it sends its operations and gets their answers, and
 * sends what its replicas say to those on the other node. May be used by all threads.
 */
public final class PeerLinks implements AutoCloseable {

  private static final int NAMES = 256;
  private static final int READ_BYTES_MIN = 2048;
  private static final long CLOSE_SECONDS = 3;

  private final LinkSettings settings;
  private final EventLoops loops;
  private final Channel server;
  private final Acceptor acceptor;
  private final LinkCounters counters;
  private final String outboundHost;
  private final LinkSecurity security;
  private final Map<NodeId, OpenedLink> links = new ConcurrentHashMap<>();
  private volatile @Nullable LinkOwner owner;
  private volatile boolean isClosed;

  private PeerLinks(
      LinkSettings settings,
      EventLoops loops,
      Channel server,
      Acceptor acceptor,
      PeerAddress address) {
    this.outboundHost = address.outboundHost();
    this.security = acceptor.security;
    this.settings = settings;
    this.loops = loops;
    this.server = server;
    this.acceptor = acceptor;
    this.counters = acceptor.counters;
  }

  /** Takes the port for links to and from anybody. */
  static PeerLinks bind(PeerAddress address, LinkSettings settings, EventLoops loops) {
    return bind(address, settings, loops, LinkSecurity.NONE);
  }

  /**
   * Takes the port. Connections are accepted only after {@link #start}.
   *
   * @param loops carry all connections; not closed with the links
   * @param security how the ends of links make sure of each other; not closed with the links
   * @throws GridConfigException if the port is taken or the host is not of this machine
   */
  public static PeerLinks bind(
      PeerAddress address, LinkSettings settings, EventLoops loops, LinkSecurity security) {
    Acceptor acceptor = new Acceptor(loops.links().next(), security);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.links())
            .channel(loops.serverType())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(settings))
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, readBuffers(settings))
            .childHandler(acceptor);
    ChannelFuture bound = bootstrap.bind(address.host(), address.port()).awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      throw new GridConfigException(
          String.format(
              "cannot listen for peers, choose another port (0 for any free one) or host:"
                  + " key=grid.peer-port, host=%s, port=%d, cause=%s",
              address.host(), address.port(), cause.getMessage()),
          cause);
    }
    return new PeerLinks(settings, loops, bound.channel(), acceptor, address);
  }

  private static WriteBufferWaterMark waterMark(LinkSettings settings) {
    return new WriteBufferWaterMark(2 * settings.frameBytes(), 4 * settings.frameBytes());
  }

  private static RecvByteBufAllocator readBuffers(LinkSettings settings) {
    int max = Math.max(READ_BYTES_MIN, settings.frameBytes());
    return new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_MIN, max);
  }

  /** The port that is listened on. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** What the links have done. */
  public LinkCounters counters() {
    return counters;
  }

  /** Begins to accept connections; from now on {@link #connect} may be used. At most once. */
  public void start(Charter charter, NodeId self, PeerListener listener) {
    if (owner != null) {
      throw new IllegalStateException("links are started already: node=" + self);
    }
    LinkOwner own = new LinkOwner(charter, self, settings, listener, counters, security);
    owner = own;
    acceptor.start(own);
    server.config().setAutoRead(true);
  }

  /** Keeps a link to this node, at this port of its host, until it is forgotten. */
  public void connect(NodeId node, int peerPort) {
    LinkOwner own = owner;
    if (own == null) {
      throw new IllegalStateException("links are not started: node=" + node);
    }
    if (isClosed) {
      return;
    }
    Backoff backoff = new Backoff(settings, new SplittableRandom());
    OpenedLink link = new OpenedLink(node, peerPort, own, bootstrap(loops.links().next()), backoff);
    if (links.putIfAbsent(node, link) == null) {
      link.start();
    }
  }

  private Bootstrap bootstrap(EventLoop loop) {
    Bootstrap bootstrap = new Bootstrap();
    if (!outboundHost.isEmpty()) {
      bootstrap.localAddress(outboundHost, 0);
    }
    return bootstrap
        .group(loop)
        .channel(loops.socketType())
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(settings))
        .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffers(settings));
  }

  /** Ends the link to this node; if it is open, its listener is told. */
  public void forget(NodeId node) {
    OpenedLink link = links.remove(node);
    if (link != null) {
      link.forget();
    }
  }

  /** Whether operations can be sent to this node. */
  public boolean isOpen(NodeId node) {
    OpenedLink link = links.get(node);
    return link != null && link.isOpen();
  }

  /**
   * Sends an operation. Never waits. One that was taken is answered, or {@link PeerListener#closed}
   * follows; while that runs, none that was taken is still on its way into the outbox.
   *
   * @return false if the link is not open or its outbox is full
   * @throws CodecException if it is larger than the other node accepts
   */
  public boolean send(NodeId node, Operation operation) {
    OpenedLink link = links.get(node);
    return link != null && link.send(operation);
  }

  /**
   * Sends a message to a replica on another node. Never waits. It may be lost, though this says
   * nothing of that.
   *
   * @return false if it is lost for certain
   */
  public boolean send(NodeId node, ReplicaMessage message) {
    OpenedLink link = links.get(node);
    return link != null && link.send(message);
  }

  /** What is under way on all links that were opened from here. O(links). */
  public LinkLoad load() {
    return links.values().stream().map(OpenedLink::load).reduce(LinkLoad.NONE, LinkLoad::plus);
  }

  /** Closes all connections and the port; nobody is told. Waits for the port a few seconds. */
  @Override
  public void close() {
    isClosed = true;
    ChannelFuture closed = server.close();
    links.values().forEach(OpenedLink::close);
    links.clear();
    acceptor.close();
    if (!loops.isOwnThread()) {
      closed.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Gives each accepted connection its handler. */
  private static final class Acceptor extends ChannelInitializer<Channel> {
    final LinkCounters counters;
    final LinkSecurity security;
    private final @Nullable ServerTls tls;
    private final MapNames names = new MapNames(NAMES);
    private final Map<NodeId, Channel> latest = new ConcurrentHashMap<>();
    private final ChannelGroup all;
    private volatile @Nullable LinkOwner owner;

    Acceptor(EventExecutor notifier, LinkSecurity security) {
      all = new DefaultChannelGroup(notifier, true);
      this.security = security;
      LiveCredentials credentials = security.tls();
      tls = credentials == null ? null : new ServerTls(credentials, true, "grid.peer-port", "");
      counters = new LinkCounters(tls == null ? () -> 0 : tls::refused);
    }

    void start(LinkOwner own) {
      owner = own;
    }

    @Override
    protected void initChannel(Channel channel) {
      LinkOwner own = owner;
      if (own == null) {
        channel.close();
        return;
      }
      all.add(channel);
      if (tls != null) {
        tls.secure(channel);
      }
      channel.pipeline().addLast(new AcceptedHandler(own, names, latest));
    }

    void close() {
      all.close();
    }
  }
}
