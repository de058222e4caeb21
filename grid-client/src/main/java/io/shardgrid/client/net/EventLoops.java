package io.shardgrid.client.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a client's connections: event loops (epoll where there is one), and a thread that
 * looks host names up, for that blocks and the loops must not. All are daemons. Thread-safe.
 */
final class EventLoops implements AutoCloseable {

  private static final String LOOP_NAME = "grid-client-";
  private static final String RESOLVER_NAME = "grid-client-resolver";
  private static final long RESOLVER_IDLE_SECONDS = 10;
  private static final long CLOSE_SECONDS_MAX = 5;

  private final EventLoopGroup group;
  private final Class<? extends Channel> channelType;
  private final ThreadPoolExecutor resolver;

  EventLoops(int threads) {
    boolean isEpoll = Epoll.isAvailable();
    IoHandlerFactory io = isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    AtomicInteger number = new AtomicInteger();
    ThreadFactory daemons = task -> daemon(task, LOOP_NAME + number.incrementAndGet());
    group = new MultiThreadIoEventLoopGroup(threads, daemons, io);
    channelType = isEpoll ? EpollSocketChannel.class : NioSocketChannel.class;
    resolver =
        new ThreadPoolExecutor(
            1,
            1,
            RESOLVER_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, RESOLVER_NAME));
    resolver.allowCoreThreadTimeOut(true);
  }

  /** One of the loops, in turn. */
  EventLoop next() {
    return group.next();
  }

  /** A bootstrap for one connection on this loop. */
  Bootstrap bootstrap(EventLoop loop, ConnectionSettings settings) {
    int low = settings.batchBytes();
    return new Bootstrap()
        .group(loop)
        .channel(channelType)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(low, 4 * low))
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) Math.min(settings.attemptTimeout().toMillis(), Integer.MAX_VALUE));
  }

  /**
   * Who the client is for one attempt.
   *
   * @param trouble why that is not known; null if it is
   */
  record Who(@Nullable Login login, @Nullable String trouble) {}

  /**
   * Looks up an address and who the client is, which may read a file, and hands both over on the
   * loop; the address is unresolved if the name is not known.
   */
  void resolve(NodeAddress address, Credentials credentials, EventLoop loop, ResolvedAddress then) {
    execute(
        resolver,
        () -> {
          InetSocketAddress resolved = address.resolve();
          Who who = who(credentials);
          execute(loop, () -> then.resolved(resolved, who));
        });
  }

  private static Who who(Credentials credentials) {
    try {
      return new Who(credentials.login(), null);
    } catch (RuntimeException e) {
      return new Who(null, "it is not known who the client is: cause=" + e.getMessage());
    }
  }

  /** Takes what was looked up. */
  interface ResolvedAddress {
    void resolved(InetSocketAddress address, Who who);
  }

  /** Runs a task, or drops it if the loops are closed: then nobody waits for it any more. */
  static void execute(Executor executor, Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile.
      return;
    }
  }

  /** Ends all threads; waits for them, up to a few seconds. */
  @Override
  public void close() {
    resolver.shutdownNow();
    group
        .shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
