package io.shardgrid.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import io.shardgrid.link.LinkSettings;
import io.shardgrid.link.Outbox;
import io.shardgrid.link.Pulse;
import io.shardgrid.wire.MapNames;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One end of a connection: cuts what comes into frames, keeps the link alive, and closes it when
 * the other end is silent or makes no sense. What both ends have in common; confined to the event
 * loop, but for the sender's offers.
 */
abstract class FrameHandler<T> extends ByteToMessageDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(FrameHandler.class);

  private static final byte[] NOTHING = {};

  private final LinkSettings settings;
  private final PeerListener listener;
  private final LinkCounters counters;
  private final LongAdder dropped;
  private final Pulse pulse;
  private final WireReader body;
  private byte[] bodyBytes = NOTHING;
  private @Nullable FrameSender<T> sender;
  private @Nullable ScheduledFuture<?> timer;
  private boolean isOpen;
  private boolean isBroken;

  /**
   * A handler of one connection.
   *
   * @param names where names of maps that are read come from
   */
  FrameHandler(LinkOwner owner, LongAdder dropped, @Nullable MapNames names) {
    this.body = new WireReader(NOTHING, names);
    this.settings = owner.settings();
    this.listener = owner.listener();
    this.counters = owner.counters();
    this.dropped = dropped;
    this.pulse = new Pulse(settings);
  }

  /** The connection is there, and made sure of by TLS if that is asked for: say something. */
  abstract void onConnected(ChannelHandlerContext context);

  /** A frame of the handshake has come. */
  abstract void onHandshake(ChannelHandlerContext context, int type, WireReader body);

  /** A batch has come on the open link; false if it has no business here. */
  abstract boolean onBatch(int type, WireReader body);

  /** The connection is closed, and what waited to be sent is dropped. */
  abstract void onClosed();

  /** Writes one item of the kind that this end sends. */
  abstract void writeItem(WireWriter out, T item, long nowNanos);

  /** The way out of an open link. */
  FrameSender<T> sender() {
    FrameSender<T> present = sender;
    if (present == null) {
      throw new IllegalStateException("link is not open yet");
    }
    return present;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    // The handshake of TLS has a time of its own.
    if (context.pipeline().get(SslHandler.class) == null) {
      connected(context);
    }
    super.channelActive(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent tls && tls.isSuccess()) {
      connected(context);
    }
    super.userEventTriggered(context, event);
  }

  private void connected(ChannelHandlerContext context) {
    long nanos = settings.connectTimeout().toNanos();
    timer =
        context.executor().schedule(() -> onHandshakeTimeout(context), nanos, TimeUnit.NANOSECONDS);
    onConnected(context);
  }

  private void onHandshakeTimeout(ChannelHandlerContext context) {
    LOG.debug("no handshake in time: channel={}", context.channel());
    context.close();
  }

  /** The handshake is done; the other end accepts so many bytes of items in a frame. */
  void open(ChannelHandlerContext context, int bytesMax) {
    int frameBytes = Math.min(settings.frameBytes(), bytesMax);
    Outbox<T> outbox = new Outbox<>(settings.outboxBytesMax(), frameBytes);
    FrameSender<T> opened =
        new FrameSender<>(
            context.channel(), outbox, this::writeItem, frameBytes, counters, dropped);
    opened.beginRead();
    sender = opened;
    isOpen = true;
    counters.opened.increment();
    stopTimer();
    long nanos = settings.pingInterval().toNanos();
    timer =
        context
            .executor()
            .scheduleWithFixedDelay(() -> onBeat(context), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void onBeat(ChannelHandlerContext context) {
    switch (pulse.beat()) {
      case REST -> {}
      case PING -> write(context, Frames.empty(context.alloc(), WireFormat.PING));
      case CLOSE -> {
        LOG.warn("link is silent, closing it: channel={}", context.channel());
        context.close();
      }
    }
  }

  /** The link is refused: what came behind that, in the same read even, is not listened to. */
  void listenNoMore() {
    isBroken = true;
  }

  /** Writes a frame that is no batch. */
  void write(ChannelHandlerContext context, ByteBuf frame) {
    pulse.sent();
    counters.framesSent.increment();
    counters.bytesSent.add(frame.readableBytes());
    context.writeAndFlush(frame, context.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes) {
      counters.bytesReceived.add(bytes.readableBytes());
    }
    if (sender != null) {
      sender.beginRead();
    }
    super.channelRead(context, message);
  }

  /** Without super: it would read on although reading has been switched off. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    discardSomeReadBytes();
    if (sender != null) {
      sender.endRead();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (isBroken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < WireFormat.HEADER_BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    int max = isOpen ? settings.frameBytesMax() : WireFormat.HANDSHAKE_BYTES_MAX;
    if (length < 1 || length > max - WireFormat.LENGTH_BYTES) {
      throw new WireException("not a frame: bytes=" + length + ", max=" + max);
    }
    if (in.readableBytes() >= WireFormat.LENGTH_BYTES + length) {
      in.skipBytes(WireFormat.LENGTH_BYTES);
      readFrame(context, in, length - WireFormat.TYPE_BYTES);
    }
  }

  private void readFrame(ChannelHandlerContext context, ByteBuf in, int bytes) {
    int type = in.readUnsignedByte();
    if (bodyBytes.length < bytes) {
      bodyBytes = new byte[Math.max(bytes, Math.min(2 * bodyBytes.length, settings.frameBytes()))];
    }
    in.readBytes(bodyBytes, 0, bytes);
    body.reset(bodyBytes, bytes);
    pulse.heard();
    counters.framesReceived.increment();
    onFrame(context, type);
    // A usual frame's memory serves the next one, too.
    if (bodyBytes.length > settings.frameBytes()) {
      bodyBytes = NOTHING;
    }
  }

  private void onFrame(ChannelHandlerContext context, int type) {
    if (!isOpen) {
      onHandshake(context, type, body);
    } else if (type == WireFormat.PING) {
      write(context, Frames.empty(context.alloc(), WireFormat.PONG));
    } else if (type != WireFormat.PONG) {
      readBatch(type);
    }
  }

  private void readBatch(int type) {
    listener.batchBegin();
    try {
      if (!onBatch(type, body)) {
        throw new WireException("unexpected frame: type=" + type);
      }
    } finally {
      listener.batchEnd();
    }
  }

  /** Runs a callback; its failure is a bug of the one called and no reason to end the link. */
  static void guard(String what, Runnable callback) {
    try {
      callback.run();
    } catch (WireException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("callback failed: callback={}", what, e);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (sender != null) {
      sender.resume();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    isBroken = true;
    stopTimer();
    super.channelInactive(context);
    if (sender != null) {
      sender.dispose(this::onClosed);
    } else {
      onClosed();
    }
  }

  private void stopTimer() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    Throwable cause =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    isBroken = true;
    if (cause instanceof WireException) {
      counters.malformed.increment();
      // Strangers may come often, and are counted.
      Level level = isOpen ? Level.WARN : Level.DEBUG;
      LOG.atLevel(level)
          .log(
              "a link is closed since what came makes no sense: channel={}, reason={}",
              context.channel(),
              cause.getMessage());
    } else if (cause instanceof IOException) {
      LOG.debug("link broke: channel={}, reason={}", context.channel(), cause.toString());
    } else {
      LOG.error("a link is closed, a bug: channel={}", context.channel(), cause);
    }
    context.close();
  }
}
