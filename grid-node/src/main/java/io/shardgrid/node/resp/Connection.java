package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.shardgrid.wire.resp.RespProtocolException;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final AccessGate gate;
  private final ClientWatch watch;
  private final CommandPace pace;
  private final Incoming incoming;
  private final Replies replies;
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private final AtomicBoolean isPlacementDue = new AtomicBoolean();

  private boolean isTaking;
  private boolean isPaused;
  private boolean isInputEnded;
  private boolean isClosing;

  /** Set once, on the event loop. */
  private volatile boolean isGone;

  Connection(RespServerState server, Dispatcher dispatcher, Channel channel) {
    this.server = server;
    this.dispatcher = dispatcher;
    this.channel = channel;
    this.loop = channel.eventLoop();
    this.session = new Session(server.nextId());
    this.gate = new AccessGate(server.access(), channel.remoteAddress());
    this.watch = new ClientWatch(server.settings(), System.nanoTime());
    this.pace =
        new CommandPace(server.settings().guards(), loop, server.counters().heldUp, this::goOn);
    this.incoming =
        new Incoming(
            gate.isRequired() ? GuardSettings.STRANGER : server.settings().bounds().limits(),
            watch);
    this.replies = new Replies(channel.alloc());
  }

  Session session() {
    return session;
  }

  RespServerState server() {
    return server;
  }

  AccessGate gate() {
    return gate;
  }

  CommandPace pace() {
    return pace;
  }

  Replies replies() {
    return replies;
  }

  Channel channel() {
    return channel;
  }

  long ageSeconds() {
    return watch.ageNanos(System.nanoTime()) / 1_000_000_000;
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
    String full = server.opened(this);
    if (full != null) {
      replies.add(dispatcher.refuse(this, "ERR max number of clients reached: " + full));
      closeAfterReplies();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    server.counters().bytesIn.add(bytes.readableBytes());
    incoming.add(ctx.alloc(), bytes);
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
    incoming.drop(isClosing);
    pause(!mayTake());
  }

  private boolean takeCommand() {
    try {
      byte[][] args = incoming.next();
      if (args == null) {
        return false;
      }
      pace.charge();
      replies.add(dispatcher.run(this, args));
    } catch (RespProtocolException e) {
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
        && !gate.isLoggingIn()
        && !pace.isOver()
        && replies.size() < server.settings().bounds().pipelineMax()
        && channel.isWritable()
        && (nativeSession == null || nativeSession.hasRoom());
  }

  private void pause(boolean isWanted) {
    if (isWanted != isPaused) {
      isPaused = isWanted;
      // Behind the end of the stream there is nothing to read, and the socket may not be asked to.
      channel.config().setAutoRead(!isWanted && !isInputEnded);
    }
  }

  /** The client is known: it may send as much at once as the settings say. */
  void widen() {
    incoming.limit(server.settings().bounds().limits());
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
    watch.writabilityChanged(System.nanoTime());
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
    boolean isQuiet = !isPaused && replies.size() == 0;
    ClientWatch.Overdue overdue =
        watch.overdue(nowNanos, channel.isWritable(), isQuiet, gate.isPassed());
    if (overdue == ClientWatch.Overdue.READER) {
      dropSlowReader(overdue.key());
    } else if (overdue == ClientWatch.Overdue.IDLE) {
      server.counters().idleClosed.increment();
      channel.close();
    } else if (overdue != null && !isClosing) {
      server.counters().lateClosed.increment();
      replies.add(
          dispatcher.refuse(this, "ERR too late, closing: grid.node.resp." + overdue.key()));
      closeAfterReplies();
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
    server.closed(this);
    replies.release();
    NativeSession nativeSession = session.nativeSession();
    if (nativeSession != null) {
      nativeSession.release();
    }
    incoming.drop(true);
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
