package io.shardgrid.node.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request does not arrive in time as a whole, header and body, from its
 * first byte on; the first one from the beginning of the connection on. Confined to its event loop.
 *
 * <p>Stands in front of the codec for the bytes, and is told by {@link #watcher} behind it when a
 * request is complete.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {

  private final Duration timeout;
  private final LongAdder late;
  private @Nullable Future<?> pending;

  /** A deadline that counts in {@code late} how often it was missed. */
  RequestDeadline(Duration timeout, LongAdder late) {
    this.timeout = timeout;
    this.late = late;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin(ctx);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    begin(ctx);
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
    ctx.fireChannelInactive();
  }

  /** What has to stand behind the codec. */
  ChannelInboundHandlerAdapter watcher() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof LastHttpContent) {
          end();
        }
        ctx.fireChannelRead(message);
      }
    };
  }

  private void begin(ChannelHandlerContext ctx) {
    if (pending == null) {
      pending = ctx.executor().schedule(() -> missed(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void missed(ChannelHandlerContext ctx) {
    late.increment();
    ctx.close();
  }

  private void end() {
    Future<?> running = pending;
    pending = null;
    if (running != null) {
      running.cancel(false);
    }
  }
}
