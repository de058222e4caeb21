package io.shardgrid.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that carry a node's connections, {@code grid-net-1} and on, and the sockets that fit
 * them. The first half of them, at least one, carries the peer links; a server in the same process
 * has all of them, and puts a connection that comes alone on the first: what one connection reads
 * and another one sends on needs no other thread then.
 *
 * <p>Thread-safe. Whoever starts them closes them, after all that uses them.
 *
 * @param group the event loops
 * @param links those of the peer links
 * @param clients all of them, for the connections of a server
 * @param serverType the type of listening sockets
 * @param socketType the type of connections
 */
public record EventLoops(
    EventLoopGroup group,
    EventLoopGroup links,
    EventLoopGroup clients,
    Class<? extends ServerChannel> serverType,
    Class<? extends SocketChannel> socketType)
    implements AutoCloseable {

  private static final long CLOSE_SECONDS = 3;

  /** New event loops, on epoll where the machine has it. */
  public static EventLoops start(int threads) {
    return Epoll.isAvailable()
        ? start(
            threads,
            EpollIoHandler.newFactory(),
            EpollServerSocketChannel.class,
            EpollSocketChannel.class)
        : start(
            threads,
            NioIoHandler.newFactory(),
            NioServerSocketChannel.class,
            NioSocketChannel.class);
  }

  private static EventLoops start(
      int threads,
      IoHandlerFactory factory,
      Class<? extends ServerChannel> serverType,
      Class<? extends SocketChannel> socketType) {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(threads, threadFactory(), factory);
    return new EventLoops(
        group,
        new FewestConnections(group, (threads + 1) / 2),
        new FewestConnections(group, threads),
        serverType,
        socketType);
  }

  private static ThreadFactory threadFactory() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new FastThreadLocalThread(task, "grid-net-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Ends the threads; waits for them, but not for long, and not on one of them. */
  @Override
  public void close() {
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    if (!isOwnThread()) {
      group.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Whether the calling thread is one of the loops, which must not wait for a loop. */
  boolean isOwnThread() {
    for (var executor : group) {
      if (executor.inEventLoop()) {
        return true;
      }
    }
    return false;
  }
}
