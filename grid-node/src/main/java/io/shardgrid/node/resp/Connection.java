package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.shardgrid.wire.resp.RespProtocolException;
import io.shardgrid.wire.resp.RespRequestDecoder;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: takes commands as they arrive, sends replies in their order.
 *
 * <p>Commands run on the event loop, one after the other, and mostly end before the next one is
 * taken; what ends later, on any thread, asks the loop to look at the queue of replies. Nothing is
 * read while too much is under way or the client does not read.
 *
 * <p>Confined to the event loop, but for {@link #ended} and what {@code CLIENT LIST} reads.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** Replies are handed to the socket when so many bytes are gathered, or all were gathered. */
  private static final int WRITE_BYTES = 64 << 10;

  private final RespServerState server;
  private final Dispatcher dispatcher;
  private final Channel channel;
  private final EventLoop loop;
  private final Session session;
  private final RespRequestDecoder decoder;
  private final Replies replies;
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private final AtomicBoolean isPlacementDue = new AtomicBoolean();
  private final long startNanos = System.nanoTime();

  private @Nullable ByteBuf in;
  private boolean isTaking;
  private boolean isPaused;
  private boolean isInputEnded;
  private boolean isClosing;
  private boolean isMidCommand;
  private long lastReadNanos = startNanos;
  private long unwritableSinceNanos;

  /** Set once, on the event loop. */
  private volatile boolean isGone;

  Connection(RespServerState server, Dispatcher dispatcher, Channel channel) {
    this.server = server;
    this.dispatcher = dispatcher;
    this.channel = channel;
    this.loop = channel.eventLoop();
    this.session = new Session(server.nextId());
    this.decoder = new RespRequestDecoder(server.settings().bounds().limits());
    this.replies = new Replies(channel.alloc());
  }

  Session session() {
    return session;
  }

  RespServerState server() {
    return server;
  }

  Replies replies() {
    return replies;
  }

  Channel channel() {
    return channel;
  }

  long ageSeconds() {
    return (System.nanoTime() - startNanos) / 1_000_000_000;
  }

  boolean isOnItsLoop() {
    return loop.inEventLoop();
  }

  boolean isGone() {
    return isGone;
  }

  // ---- reading

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    server.counters().accepted.increment();
    server.connections().put(session.id(), this);
    int connectionsMax = server.settings().bounds().connectionsMax();
    if (server.connections().size() > connectionsMax) {
      server.connections().remove(session.id());
      server.counters().rejected.increment();
      replies.add(
          dispatcher.refuse(
              this,
              "ERR max number of clients reached: grid.node.resp.connections-max="
                  + connectionsMax));
      closeAfterReplies();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    lastReadNanos = System.nanoTime();
    server.counters().bytesIn.add(bytes.readableBytes());
    ByteBuf before = in;
    in =
        before == null
            ? bytes
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), before, bytes);
    server.batch(this::takeCommands);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    goOn();
  }

  /** Sends what is ready, and takes commands that had to wait for that. */
  private void goOn() {
    send();
    while (isPaused && hasRoom()) {
      server.batch(this::takeCommands);
      send();
    }
    if (isInputEnded && !isPaused && !isClosing) {
      closeAfterReplies();
    }
  }

  private void takeCommands() {
    int taken = 0;
    isTaking = true;
    try {
      NativeSession nativeSession = session.nativeSession();
      if (nativeSession != null) {
        nativeSession.goOn();
      }
      boolean isMore = true;
      while (isMore && mayTake()) {
        isMore = takeCommand();
        taken += isMore ? 1 : 0;
      }
    } finally {
      isTaking = false;
    }
    server.counters().commands.add(taken);
    dropRead();
    pause(!mayTake());
  }

  private boolean takeCommand() {
    ByteBuf bytes = in;
    if (bytes == null) {
      return false;
    }
    int start = bytes.readerIndex();
    try {
      byte[][] args = decoder.decode(bytes);
      if (args == null) {
        isMidCommand |= bytes.isReadable() || bytes.readerIndex() > start;
        return false;
      }
      isMidCommand = false;
      replies.add(dispatcher.run(this, args));
    } catch (RespProtocolException e) {
      isMidCommand = false;
      server.counters().protocolErrors.increment();
      replies.add(dispatcher.refuse(this, "ERR Protocol error: " + e.getMessage()));
      if (!e.isResynchronisable()) {
        closeAfterReplies();
      }
    }
    return true;
  }

  /** Whether another command may be taken now. */
  private boolean mayTake() {
    if (replies.bytes() >= WRITE_BYTES) {
      send();
    }
    NativeSession nativeSession = session.nativeSession();
    return hasRoom() && (nativeSession == null || !nativeSession.isMidBatch());
  }

  /** Whether there is room for the reply to another command, or for another answer. */
  private boolean hasRoom() {
    NativeSession nativeSession = session.nativeSession();
    return !isClosing
        && replies.size() < server.settings().bounds().pipelineMax()
        && channel.isWritable()
        && (nativeSession == null || nativeSession.hasRoom());
  }

  private void dropRead() {
    ByteBuf bytes = in;
    if (bytes != null && (isClosing || !bytes.isReadable())) {
      bytes.release();
      in = null;
    } else if (bytes != null) {
      bytes.discardSomeReadBytes();
    }
  }

  private void pause(boolean isWanted) {
    if (isWanted != isPaused) {
      isPaused = isWanted;
      // Behind the end of the stream there is nothing to read, and the socket may not be asked to.
      channel.config().setAutoRead(!isWanted && !isInputEnded);
    }
  }

  // ---- writing

  /** A call or an operation of this connection has ended. Any thread; within a shard's turn too. */
  void ended() {
    // While commands are taken the event loop looks at the queue itself, right afterwards.
    if (loop.inEventLoop() && isTaking) {
      return;
    }
    schedule();
  }

  /** The placement or the members changed. Any thread. */
  void topologyChanged() {
    if (session.nativeSession() != null && isPlacementDue.compareAndSet(false, true)) {
      schedule();
    }
  }

  /** Has the event loop run something. Any thread; within a shard's turn too. */
  void onItsLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("The server is closed, a reply is dropped: id={}", session.id(), e);
    }
  }

  private void schedule() {
    if (isScheduled.compareAndSet(false, true)) {
      onItsLoop(
          () -> {
            isScheduled.set(false);
            goOn();
          });
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    unwritableSinceNanos = System.nanoTime();
    if (channel.isWritable() && !isTaking) {
      schedule();
    }
  }

  /** Hands everything that is ready to the socket, as far as that has room. */
  private void send() {
    if (isGone) {
      return;
    }
    NativeSession nativeSession = session.nativeSession();
    if (nativeSession != null
        && channel.isWritable()
        && isPlacementDue.compareAndSet(true, false)) {
      nativeSession.pushTopology(replies.out());
    }
    boolean isMore = true;
    while (isMore && channel.isWritable()) {
      replies.gather(WRITE_BYTES);
      if (nativeSession != null && nativeSession.isMoreReady()) {
        nativeSession.gather(replies.out(), WRITE_BYTES);
      }
      isMore = write();
    }
    if (nativeSession != null
        && nativeSession.waitingBytes() > server.settings().bounds().unsentBytesMax()) {
      dropSlowReader("unsent-bytes-max");
    }
    if (isClosing && replies.size() == 0) {
      closeWhenSent();
    }
  }

  private boolean write() {
    ByteBuf written = replies.take();
    if (written == null) {
      return false;
    }
    server.counters().bytesOut.add(written.readableBytes());
    channel.writeAndFlush(written, channel.voidPromise());
    NativeSession nativeSession = session.nativeSession();
    return replies.isMoreReady() || (nativeSession != null && nativeSession.isMoreReady());
  }

  // ---- ending

  /** Takes no more commands, and closes the connection when all replies are sent. */
  void closeAfterReplies() {
    isClosing = true;
    if (!isTaking) {
      schedule();
    }
  }

  private void closeWhenSent() {
    ByteBuf rest = replies.take();
    isGone = true;
    channel
        .writeAndFlush(rest == null ? channel.alloc().buffer(0) : rest)
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Looks at the clock; called every now and then. */
  void checkTimes(long nowNanos) {
    RespSettings.Timeouts timeouts = server.settings().timeouts();
    boolean isQuiet = !isPaused && replies.size() == 0;
    if (!channel.isWritable()
        && nowNanos - unwritableSinceNanos > timeouts.slowReader().toNanos()) {
      dropSlowReader("slow-reader-timeout");
    } else if (isQuiet && isMidCommand && nowNanos - lastReadNanos > timeouts.command().toNanos()) {
      server.counters().idleClosed.increment();
      replies.add(
          dispatcher.refuse(
              this,
              "ERR the rest of a command did not arrive: grid.node.resp.command-timeout="
                  + timeouts.command().toMillis()
                  + " ms"));
      closeAfterReplies();
    } else if (isQuiet
        && timeouts.idle().isPresent()
        && nowNanos - lastReadNanos > timeouts.idle().get().toNanos()) {
      server.counters().idleClosed.increment();
      channel.close();
    }
  }

  private void dropSlowReader(String bound) {
    if (channel.isOpen()) {
      server.counters().slowReaders.increment();
      LOG.warn(
          "A client does not read its replies and is disconnected: client={}, id={}, bound={}{}",
          channel.remoteAddress(),
          session.id(),
          "grid.node.resp.",
          bound);
      channel.close();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      isInputEnded = true;
      goOn();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    isGone = true;
    isClosing = true;
    server.connections().remove(session.id());
    replies.release();
    NativeSession nativeSession = session.nativeSession();
    if (nativeSession != null) {
      nativeSession.release();
    }
    dropRead();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("A client's connection broke: client={}", channel.remoteAddress(), cause);
    } else {
      LOG.error("A client's connection fails: client={}", channel.remoteAddress(), cause);
    }
    ctx.close();
  }
}
