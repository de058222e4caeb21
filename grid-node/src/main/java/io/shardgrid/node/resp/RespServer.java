package io.shardgrid.node.resp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.net.EventLoops;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.access.ServerFigure;
import io.shardgrid.node.security.Entrance;
import io.shardgrid.tls.channel.PlainPort;
import io.shardgrid.tls.channel.ServerTls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers clients of Redis, and the grid's own remote clients, on one port. Thread-safe.
 *
 * <p>It listens from {@link #bind} on, so that the port is known before the node joins its cluster;
 * until {@link #serve} commands that need the grid are answered with {@code LOADING}.
 */
public final class RespServer implements AutoCloseable {

  private static final String TLS_TO_PLAIN =
      "-ERR This port speaks no TLS: grid.node.tls.resp=off\r\n";
  private static final int CHECKS_PER_TIMEOUT = 4;
  private static final long CHECK_MILLIS_MAX = 1000;
  private static final long CLOSE_SECONDS_MAX = 5;

  private final RespServerState state;
  private final Channel listener;
  private final @Nullable ServerTls tls;
  private final List<Future<?>> checks;

  private RespServer(
      RespServerState state, Channel listener, @Nullable ServerTls tls, List<Future<?>> checks) {
    this.state = state;
    this.listener = listener;
    this.tls = tls;
    this.checks = checks;
  }

  /** Begins to listen, for anybody and without TLS. */
  static RespServer bind(String host, int port, RespSettings settings, EventLoops loops) {
    return bind(host, port, settings, loops, Entrance.open());
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any free port
   * @param loops carry all connections; not closed with the server
   * @param entrance who may come in, and how
   * @throws GridConfigException if it cannot listen there
   */
  public static RespServer bind(
      String host, int port, RespSettings settings, EventLoops loops, Entrance entrance) {
    RespServerState state = new RespServerState(settings, entrance.access());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops.group(), loops.clients())
            .channel(loops.serverType())
            .option(ChannelOption.SO_BACKLOG, settings.bounds().backlog())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(settings))
            .childHandler(new Clients(state, entrance.tls()))
            .bind(host, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new GridConfigException(
          "The RESP server cannot listen: key=grid.node.resp.port, host="
              + host
              + ", port="
              + port
              + ", reason="
              + bound.cause().getMessage()
              + "; stop what listens there, or choose another port (0 takes any free one)",
          bound.cause());
    }
    Channel listener = bound.channel();
    state.listensOn(((InetSocketAddress) listener.localAddress()).getPort());
    return new RespServer(state, listener, entrance.tls(), checkTimes(state, loops));
  }

  /** The port it listens on. */
  public int port() {
    return state.port();
  }

  /** Answers from the grid from now on; called once. */
  public void serve(GridAccess grid) {
    state.serve(grid);
    grid.onTopology(() -> state.connections().values().forEach(Connection::topologyChanged));
  }

  /** What the server counts, for meters. */
  public List<ServerFigure> figures() {
    List<ServerFigure> all = new ArrayList<>(state.counters().figures());
    all.add(ServerFigure.open("resp", () -> state.open(false)));
    all.add(ServerFigure.open("native", () -> state.open(true)));
    all.add(ServerFigure.withoutTls("resp", tls == null ? () -> 0 : tls::refused));
    return all;
  }

  /** Closes all connections and the port, within a few seconds. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    List<ChannelFuture> closing =
        state.connections().values().stream()
            .map(connection -> connection.channel().close())
            .toList();
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS_MAX);
    for (ChannelFuture closed : closing) {
      closed.awaitUninterruptibly(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
    checks.forEach(check -> check.cancel(false));
  }

  private static WriteBufferWaterMark waterMark(RespSettings settings) {
    int pause = settings.bounds().unsentBytesPause();
    return new WriteBufferWaterMark(pause / 2, pause);
  }

  private static List<Future<?>> checkTimes(RespServerState state, EventLoops loops) {
    RespSettings.Timeouts timeouts = state.settings().timeouts();
    GuardSettings guards = state.settings().guards();
    long shortestMillis =
        Stream.of(
                timeouts.idle().stream(),
                guards.firstCommand().stream(),
                Stream.of(timeouts.command(), timeouts.slowReader(), guards.wholeCommand()))
            .flatMap(durations -> durations)
            .mapToLong(Duration::toMillis)
            .min()
            .orElse(CHECK_MILLIS_MAX);
    long period = Math.max(1, Math.min(CHECK_MILLIS_MAX, shortestMillis / CHECKS_PER_TIMEOUT));
    List<Future<?>> checks = new ArrayList<>();
    for (EventExecutor loop : loops.group()) {
      checks.add(
          loop.scheduleAtFixedRate(() -> checkTimes(state), period, period, TimeUnit.MILLISECONDS));
    }
    return checks;
  }

  private static void checkTimes(RespServerState state) {
    long nowNanos = System.nanoTime();
    for (Connection connection : state.connections().values()) {
      if (connection.isOnItsLoop()) {
        connection.checkTimes(nowNanos);
      }
    }
  }

  /** Sets connections up. */
  private static final class Clients extends ChannelInitializer<Channel> {
    private final Dispatcher dispatcher = new Dispatcher(CommandTable.get());
    private final RespServerState state;
    private final @Nullable ServerTls tls;
    private final PlainPort plain = new PlainPort("grid.node.resp.port", TLS_TO_PLAIN);

    Clients(RespServerState state, @Nullable ServerTls tls) {
      this.state = state;
      this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (tls == null) {
        plain.watch(channel);
      } else {
        tls.secure(channel);
      }
      channel.pipeline().addLast(new Connection(state, dispatcher, channel));
    }
  }
}
