package io.shardgrid.net;

import io.netty.channel.AbstractEventLoopGroup;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The first event loops of a group: a connection that is registered goes to the one that carries
 * the fewest of these, of equals to the first. Ends with the group.
 *
 * <p>Thread-safe.
 */
final class FewestConnections extends AbstractEventLoopGroup {

  private final EventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();
  private final AtomicIntegerArray connections;
  private final AtomicInteger turn = new AtomicInteger();

  FewestConnections(EventLoopGroup group, int firstLoops) {
    this.group = group;
    for (EventExecutor loop : group) {
      if (loops.size() < firstLoops) {
        loops.add((EventLoop) loop);
      }
    }
    this.connections = new AtomicIntegerArray(loops.size());
  }

  /** The loops in turn, for what keeps to one from connection to connection. */
  @Override
  public EventLoop next() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  private int fewest() {
    int best = 0;
    for (int loop = 1; loop < loops.size(); loop++) {
      if (connections.get(loop) < connections.get(best)) {
        best = loop;
      }
    }
    return best;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    EventLoop loop = counted(channel);
    return loop.register(new DefaultChannelPromise(channel, loop));
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    return counted(promise.channel()).register(promise);
  }

  @Override
  @Deprecated // by Netty, which demands it nevertheless
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    return counted(channel).register(promise);
  }

  private EventLoop counted(Channel channel) {
    int loop = fewest();
    connections.incrementAndGet(loop);
    channel.closeFuture().addListener(closed -> connections.decrementAndGet(loop));
    return loops.get(loop);
  }

  @Override
  public Iterator<EventExecutor> iterator() {
    return List.<EventExecutor>copyOf(loops).iterator();
  }

  @Override
  public boolean isShuttingDown() {
    return group.isShuttingDown();
  }

  @Override
  public boolean isShutdown() {
    return group.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return group.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return group.awaitTermination(timeout, unit);
  }

  @Override
  public Future<?> terminationFuture() {
    return group.terminationFuture();
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException("ends with its group");
  }

  @Override
  @Deprecated // by Netty, which demands it nevertheless
  public void shutdown() {
    throw new UnsupportedOperationException("ends with its group");
  }
}
