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
 * The threads of the peer links, {@code grid-net-1} and on, and the sockets that fit them.
 *
 * @param group the event loops
 * @param serverType the type of listening sockets
 * @param socketType the type of connections
 */
record EventLoops(
    EventLoopGroup group,
    Class<? extends ServerChannel> serverType,
    Class<? extends SocketChannel> socketType) {

  private static final long CLOSE_SECONDS = 3;

  /** New event loops, on epoll where the machine has it. */
  static EventLoops start(int threads) {
    if (Epoll.isAvailable()) {
      return new EventLoops(
          group(threads, EpollIoHandler.newFactory()),
          EpollServerSocketChannel.class,
          EpollSocketChannel.class);
    }
    return new EventLoops(
        group(threads, NioIoHandler.newFactory()),
        NioServerSocketChannel.class,
        NioSocketChannel.class);
  }

  private static EventLoopGroup group(int threads, IoHandlerFactory factory) {
    return new MultiThreadIoEventLoopGroup(threads, threadFactory(), factory);
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
  void close() {
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    if (!isOwnThread()) {
      group.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private boolean isOwnThread() {
    for (var executor : group) {
      if (executor.inEventLoop()) {
        return true;
      }
    }
    return false;
  }
}
