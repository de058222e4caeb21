package io.shardgrid.client.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.shardgrid.link.Batch;
import io.shardgrid.link.Lane;
import io.shardgrid.link.Outbox;
import io.shardgrid.link.Pulse;
import io.shardgrid.tls.channel.TlsTrouble;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.AnswerHandler;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.Topology;
import io.shardgrid.wire.TopologyCodec;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.resp.RespProtocolException;
import io.shardgrid.wire.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to a node, from its handshake to its end; never used again after that.
 *
 * <p>{@link #offer} and {@link #close} may be called by any thread; everything else is confined to
 * the connection's event loop, on which the listener is called too.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  /*
   * Sending. Any number of threads put operations into the outbox; the first of them since the last
   * flush wakes the event loop, which packs all that is there into a few commands and flushes once.
   * Under load the loop is late, so batches grow by themselves; an idle connection adds no delay.
   * When the socket takes no more, the outbox fills up to its bound and refuses.
   */

  /** Hears of one connection; on its event loop. */
  interface Listener extends AnswerHandler {

    /** The handshake is done. */
    void opened(Connection connection, Topology topology);

    /** The node tells of a change. */
    void learned(Connection connection, Topology topology);

    /** The node does not know the client, or wants to know who it is; {@link #closed} follows. */
    void denied(String why);

    /** The end, or the failure of the attempt. Called once; nothing comes after it. */
    void closed(Connection connection, String reason);
  }

  /** How far the connection has come. */
  private enum Stage {
    /** No answer to HELLO yet. */
    GREETING,
    /** Speaks RESP3; has not told its topology yet. */
    INTRODUCING,
    /** Carries operations. */
    OPEN,
    /** At its end. */
    CLOSED
  }

  private static final String ANSWERS = "grid.answers";
  private static final String PLACEMENT = "grid.placement";
  private static final String ERROR = "grid.error";
  private static final String BUSY = "too many logins";
  private static final int TEXT_MAX = 200;

  private final ConnectionSettings settings;
  private final long client;
  private final Listener listener;
  private final Outbox<Operation> outbox;
  private final AtomicBoolean isFlushDue = new AtomicBoolean();
  private final Batch<Operation> batch = new Batch<>();
  private final WireWriter items = new WireWriter(0);
  private final Pulse pulse;
  private volatile @Nullable Channel channel;
  private volatile boolean isClosing;
  private Stage stage = Stage.GREETING;
  private @Nullable Login login;

  Connection(ConnectionSettings settings, long client, Listener listener) {
    this.settings = settings;
    this.client = client;
    this.listener = listener;
    this.outbox = new Outbox<>(settings.outboxBytesMax(), settings.batchBytes());
    this.pulse = new Pulse(settings.asLink());
  }

  /**
   * Takes an operation to be sent. Never blocks.
   *
   * @return false if there is no room, or the connection is closed
   */
  boolean offer(Operation operation) {
    Channel open = channel;
    if (open == null || !outbox.offer(Lane.OPERATIONS, operation, bytesOf(operation))) {
      return false;
    }
    if (isFlushDue.compareAndSet(false, true)) {
      EventLoops.execute(open.eventLoop(), this::flush);
    }
    return true;
  }

  /** One above the bound counts as much as there is room: it goes when nothing else waits. */
  private int bytesOf(Operation operation) {
    return (int) Math.min(OperationCodec.bytesMax(operation), settings.outboxBytesMax());
  }

  /** Closes, now or as soon as there is a connection; the listener hears of it. */
  void close() {
    isClosing = true;
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  /** Closes because of what the node said of itself; on the event loop. */
  void refuse(String why) {
    end(why);
    close();
  }

  /** Who the client is to say that it is; before it connects. */
  void logIn(@Nullable Login as) {
    login = as;
  }

  /** The attempt failed before there was a channel to speak of. */
  void failed(String why) {
    end(why);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Channel active = context.channel();
    channel = active;
    if (isClosing) {
      active.close();
      return;
    }
    active.writeAndFlush(Commands.hello(active.alloc(), client, login));
    context
        .executor()
        .schedule(
            () -> handshakeIsOver(context),
            settings.attemptTimeout().toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void handshakeIsOver(ChannelHandlerContext context) {
    if (stage == Stage.GREETING || stage == Stage.INTRODUCING) {
      fail(
          context,
          "no handshake within grid.client.connection.attempt-timeout="
              + settings.attemptTimeout().toMillis()
              + " ms: is this a Shardgrid node's RESP port?");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    pulse.heard();
    RespValue reply = (RespValue) message;
    switch (stage) {
      case GREETING -> greeted(context, reply);
      case INTRODUCING -> introduced(context, reply);
      case OPEN -> heard(context, reply);
      case CLOSED -> {}
    }
  }

  private void greeted(ChannelHandlerContext context, RespValue reply) {
    if (reply instanceof RespValue.Failure failure && isAboutAccess(failure)) {
      listener.denied(shown(failure));
      fail(context, "does not let the client in: answer=" + shown(failure));
    } else if (reply instanceof RespValue.Failure failure && failure.message().contains(BUSY)) {
      fail(context, "has too many logins to look at: answer=" + shown(failure));
    } else if (reply instanceof RespValue.Failure failure) {
      fail(context, "does not speak RESP3, so it is no Shardgrid node: answer=" + shown(failure));
    } else {
      stage = Stage.INTRODUCING;
    }
  }

  private void introduced(ChannelHandlerContext context, RespValue reply) {
    if (reply instanceof RespValue.Bulk blob) {
      Topology topology = TopologyCodec.read(new WireReader(blob.bytes()));
      stage = Stage.OPEN;
      beatLater(context);
      listener.opened(this, topology);
    } else if (reply instanceof RespValue.Failure failure) {
      fail(
          context,
          shown(failure).contains("unknown command")
              ? "speaks RESP but is no Shardgrid node: answer=" + shown(failure)
              : "refused the handshake: answer=" + shown(failure));
    } else if (!isPush(reply)) {
      fail(context, "speaks RESP but answers no Shardgrid handshake");
    }
  }

  private void heard(ChannelHandlerContext context, RespValue reply) {
    if (reply instanceof RespValue.Items push && push.kind() == RespValue.Kind.PUSH) {
      pushed(context, push.items());
    } else if (reply instanceof RespValue.Failure failure) {
      fail(context, "refused a command: answer=" + shown(failure));
    }
  }

  private static boolean isAboutAccess(RespValue.Failure failure) {
    return failure.code().equals("WRONGPASS")
        || failure.code().equals("NOAUTH")
        || failure.code().equals("NOPERM");
  }

  private static boolean isPush(RespValue reply) {
    return reply instanceof RespValue.Items items && items.kind() == RespValue.Kind.PUSH;
  }

  private void pushed(ChannelHandlerContext context, List<RespValue> items) {
    if (items.size() != 2) {
      return;
    }
    String about = text(items.get(0));
    if (items.get(1) instanceof RespValue.Oversized) {
      fail(
          context,
          "sent a reply above grid.client.connection.reply-bytes-max=" + settings.replyBytesMax());
    } else if (about.equals(ERROR)) {
      fail(context, "refused what it was sent: answer=" + text(items.get(1)));
    } else if (items.get(1) instanceof RespValue.Bulk blob) {
      WireReader in = new WireReader(blob.bytes());
      if (about.equals(ANSWERS)) {
        while (in.isReadable()) {
          AnswerCodec.read(in, listener);
        }
      } else if (about.equals(PLACEMENT)) {
        listener.learned(this, TopologyCodec.read(in));
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable() && stage == Stage.OPEN) {
      flush();
    }
  }

  private void flush() {
    // Before taking: whoever offers from here on schedules another flush.
    isFlushDue.set(false);
    Channel open = channel;
    if (open == null || stage != Stage.OPEN) {
      return;
    }
    boolean hasWritten = false;
    while (open.isWritable() && outbox.takeBatch(batch) != null) {
      open.write(commandOfBatch(open), open.voidPromise());
      hasWritten = true;
    }
    if (hasWritten) {
      pulse.sent();
      open.flush();
    }
  }

  private ByteBuf commandOfBatch(Channel open) {
    long nowNanos = System.nanoTime();
    try {
      for (int i = 0; i < batch.items().size(); i++) {
        OperationCodec.write(items, batch.items().get(i), nowNanos);
      }
      return Commands.operations(open.alloc(), items);
    } finally {
      items.clear(settings.batchBytes());
      batch.clear();
    }
  }

  private void beatLater(ChannelHandlerContext context) {
    context
        .executor()
        .schedule(() -> beat(context), settings.pingInterval().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void beat(ChannelHandlerContext context) {
    if (stage != Stage.OPEN) {
      return;
    }
    switch (pulse.beat()) {
      case REST -> beatLater(context);
      case PING -> {
        context.channel().writeAndFlush(Commands.ping(context.alloc()));
        pulse.sent();
        beatLater(context);
      }
      case CLOSE ->
          fail(
              context,
              "silent for grid.client.connection.silence-max="
                  + settings.silenceMax().toMillis()
                  + " ms");
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
      fail(context, tlsTrouble(tls.cause()));
    }
    context.fireUserEventTriggered(event);
  }

  private static String tlsTrouble(Throwable cause) {
    return TlsTrouble.words(cause) + " (grid.client.tls.enabled = on)";
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(stage == Stage.OPEN ? "the node closed the connection" : "closed within the handshake");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (TlsTrouble.in(cause) != null) {
      fail(context, tlsTrouble(cause));
    } else if (root instanceof RespProtocolException || root instanceof WireException) {
      fail(context, "sent what is not the protocol: cause=" + root.getMessage());
    } else {
      fail(context, String.valueOf(root));
    }
  }

  private void fail(ChannelHandlerContext context, String why) {
    end(why);
    context.close();
  }

  private void end(String why) {
    if (stage != Stage.CLOSED) {
      stage = Stage.CLOSED;
      outbox.seal();
      listener.closed(this, why);
    }
  }

  private static String shown(RespValue.Failure failure) {
    String all = (failure.code() + " " + failure.message()).strip();
    return all.length() <= TEXT_MAX ? all : all.substring(0, TEXT_MAX) + "...";
  }

  private static String text(RespValue value) {
    if (value instanceof RespValue.Bulk bulk) {
      return new String(bulk.bytes(), StandardCharsets.UTF_8);
    }
    return value instanceof RespValue.Simple simple ? simple.text() : "";
  }
}
