package io.shardgrid.node.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One relayed connection: both of its ends, which share an event loop. It reads from an end what
 * the other one has room for, and nothing while it is cut.
 */
final class Pipe {

  /** A run of so many equal bytes is one of a large entry. */
  private static final int RUN_BYTES = 64;

  /** Bytes of one direction that are on their way at most. */
  private static final int UNDER_WAY_MAX = 4 << 20;

  private static final long RETRY_MILLIS = 50;

  private final Condition condition;
  private final String from;
  private final String to;
  private final boolean isPeerLink;
  private final Runnable onMended = this::goOn;
  private @Nullable Channel near;
  private @Nullable Channel far;

  Pipe(Condition condition, String from, String to, boolean isPeerLink) {
    this.condition = condition;
    this.from = from;
    this.to = to;
    this.isPeerLink = isPeerLink;
  }

  /** Connects an accepted connection with where it is meant for. */
  void open(Channel accepted, Bootstrap bootstrap, InetSocketAddress target) {
    near = accepted;
    condition.onMended(onMended);
    accepted.closeFuture().addListener(done -> condition.forget(onMended));
    accepted.pipeline().addLast(new End());
    connect(bootstrap, target);
  }

  private void connect(Bootstrap bootstrap, InetSocketAddress target) {
    Channel accepted = near;
    if (accepted == null || !accepted.isOpen()) {
      return;
    }
    if (isCut()) {
      // As a packet that is sent again and again.
      accepted
          .eventLoop()
          .schedule(() -> connect(bootstrap, target), RETRY_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    bootstrap
        .handler(new End())
        .connect(target)
        .addListener(
            (ChannelFutureListener)
                done -> {
                  if (done.isSuccess() && accepted.isOpen()) {
                    far = done.channel();
                    goOn();
                  } else if (done.isSuccess()) {
                    done.channel().close();
                  } else {
                    reset(accepted);
                  }
                });
  }

  /** So that who connects sees that nobody listens: the connection is reset. */
  private static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }

  private boolean isCut() {
    return condition.isCut(from, to, isPeerLink);
  }

  private void goOn() {
    Channel one = near;
    Channel other = far;
    if (one != null && other != null) {
      one.pipeline().fireUserEventTriggered(Mended.EVENT);
      other.pipeline().fireUserEventTriggered(Mended.EVENT);
    }
  }

  private @Nullable Channel otherThan(Channel end) {
    return end == near ? far : near;
  }

  /** Tells both ends that they may go on. */
  private enum Mended {
    EVENT
  }

  /** Something that is to be done at a time. */
  private record Delayed(long dueNanos, Runnable action) {}

  /** What comes in at one end. */
  private final class End extends ChannelInboundHandlerAdapter {

    private final Queue<Delayed> delayed = new ArrayDeque<>();
    private int underWay;

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == Mended.EVENT) {
        doWhatIsDue(context);
        readOn(context.channel());
      } else {
        context.fireUserEventTriggered(event);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      if (!from.isEmpty() && isPeerLink && condition.isDamageDue()) {
        damage(bytes);
      }
      underWay += bytes.readableBytes();
      later(context, () -> pass(context.channel(), bytes));
      readOn(context.channel());
    }

    private void pass(Channel end, ByteBuf bytes) {
      Channel other = otherThan(end);
      if (other == null) {
        bytes.release();
        return;
      }
      int count = bytes.readableBytes();
      other
          .writeAndFlush(bytes)
          .addListener(
              (ChannelFutureListener)
                  done -> {
                    underWay -= count;
                    if (done.isSuccess()) {
                      readOn(end);
                    } else {
                      end.close();
                    }
                  });
    }

    private void readOn(Channel end) {
      if (underWay < UNDER_WAY_MAX && !isCut()) {
        end.read();
      }
    }

    /** Does this after the delay that there is now, and after all that was to be done before. */
    private void later(ChannelHandlerContext context, Runnable action) {
      delayed.add(new Delayed(System.nanoTime() + condition.delayNanos(from, to), action));
      if (delayed.size() == 1) {
        doWhatIsDue(context);
      }
    }

    /** While it is cut, nothing: what was read meanwhile waits until it is mended. */
    private void doWhatIsDue(ChannelHandlerContext context) {
      for (Delayed next = delayed.peek(); next != null && !isCut(); next = delayed.peek()) {
        long waitNanos = next.dueNanos() - System.nanoTime();
        if (waitNanos > 0) {
          context.executor().schedule(() -> doWhatIsDue(context), waitNanos, TimeUnit.NANOSECONDS);
          return;
        }
        next.action().run();
        delayed.remove();
      }
    }

    private void damage(ByteBuf bytes) {
      byte fill = condition.fill();
      int run = 0;
      for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
        run = bytes.getByte(i) == fill ? run + 1 : 0;
        if (run == RUN_BYTES && condition.takeDamage()) {
          bytes.setByte(i - RUN_BYTES / 2, fill ^ 1);
          return;
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      Channel other = otherThan(context.channel());
      if (other != null) {
        later(context, other::close);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
