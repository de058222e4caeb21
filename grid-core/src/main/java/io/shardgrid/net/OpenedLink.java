package io.shardgrid.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.shardgrid.key.LinkLoad;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.Backoff;
import io.shardgrid.tls.LiveCredentials;
import io.shardgrid.tls.channel.ClientTls;
import io.shardgrid.tls.channel.TlsTrouble;
import io.shardgrid.wire.HandshakeCodec.Refusal;
import io.shardgrid.wire.HandshakeCodec.Reject;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.net.ConnectException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to one node, opening it anew when it is lost, until it is forgotten.
 *
 * <p>Sending is for any thread; all else is confined to one event loop.
 */
final class OpenedLink implements OpenedHandler.Observer {

  private static final Logger LOG = LoggerFactory.getLogger(OpenedLink.class);

  private static final int SAID_MAX = 8;

  private final NodeId node;
  private final int peerPort;
  private final LinkOwner owner;
  private final Bootstrap bootstrap;
  private final EventLoop loop;
  private final Backoff backoff;
  private volatile @Nullable OpenedHandler open;
  private @Nullable Channel channel;
  private boolean wasOpen;
  private boolean isGone;
  private boolean isForgotten;
  private boolean isMute;

  /** What was logged of attempts that failed, since the last that did not. */
  private final Set<String> said = new HashSet<>();

  /**
   * A link that is not connected yet.
   *
   * @param bootstrap a bootstrap of its own, whose group is one event loop
   */
  OpenedLink(NodeId node, int peerPort, LinkOwner owner, Bootstrap bootstrap, Backoff backoff) {
    this.node = node;
    this.peerPort = peerPort;
    this.owner = owner;
    this.bootstrap = bootstrap;
    this.loop = bootstrap.config().group().next();
    this.backoff = backoff;
  }

  /** Begins to connect. Any thread. */
  void start() {
    loop.execute(this::connect);
  }

  /** Ends the link for good; the listener is told if it was open. Any thread. */
  void forget() {
    end(false);
  }

  /** Ends the link for good and says nothing. Any thread. */
  void close() {
    end(true);
  }

  private void end(boolean mute) {
    try {
      loop.execute(() -> onEnd(mute));
    } catch (RejectedExecutionException e) {
      LOG.debug("event loop has ended, the link with it: node={}", node, e);
    }
  }

  private void onEnd(boolean mute) {
    isForgotten = true;
    isMute = mute;
    if (channel != null) {
      channel.close();
    }
  }

  boolean isOpen() {
    return open != null;
  }

  boolean send(Operation operation) {
    OpenedHandler handler = open;
    return handler != null && handler.send(operation);
  }

  boolean send(ReplicaMessage message) {
    OpenedHandler handler = open;
    return handler != null && handler.send(message);
  }

  /** What is under way on it now. Any thread. */
  LinkLoad load() {
    OpenedHandler handler = open;
    return handler == null ? LinkLoad.NONE : handler.load();
  }

  private void connect() {
    if (isForgotten) {
      return;
    }
    OpenedHandler handler = new OpenedHandler(owner, node, this);
    ChannelFuture connecting = bootstrap.handler(pipeline(handler)).connect(node.host(), peerPort);
    channel = connecting.channel();
    connecting.addListener(
        done -> {
          Throwable cause = done.cause();
          if (cause != null) {
            onConnectFailed(cause);
          }
        });
  }

  private ChannelHandler pipeline(OpenedHandler handler) {
    LiveCredentials credentials = owner.security().tls();
    if (credentials == null) {
      return handler;
    }
    ClientTls tls = new ClientTls(credentials);
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel connection) {
        tls.secure(connection, node.host(), peerPort);
        connection.pipeline().addLast(handler);
      }
    };
  }

  private void onConnectFailed(Throwable cause) {
    LOG.debug("cannot connect: node={}, peerPort={}, cause={}", node, peerPort, cause.toString());
    if (cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException)) {
      reportGone();
    }
    connectLater();
  }

  private void connectLater() {
    if (!isForgotten && !loop.isShuttingDown()) {
      loop.schedule(this::connect, backoff.nextNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Says once that a node that was there is gone. */
  private void reportGone() {
    if (wasOpen && !isGone && !isForgotten) {
      isGone = true;
      FrameHandler.guard("closed", () -> owner.listener().closed(node, true));
    }
  }

  @Override
  public void onOpen(OpenedHandler handler) {
    backoff.reset();
    wasOpen = true;
    isGone = false;
    said.clear();
    open = handler;
    FrameHandler.guard("opened", () -> owner.listener().opened(node));
  }

  @Override
  public void onTlsFailure(Throwable cause) {
    warnOnce("TLS: " + TlsTrouble.words(cause));
  }

  private void warnOnce(String text) {
    if (said.size() < SAID_MAX && said.add(text)) {
      LOG.warn("link is refused: node={}, peerPort={}, refusal={}", node, peerPort, text);
    }
  }

  @Override
  public void onReject(Reject reject) {
    warnOnce(reject.refusal() + ": " + reject.reason());
    if (reject.refusal() == Refusal.INCARNATION) {
      reportGone();
    }
  }

  @Override
  public void onClosed(OpenedHandler handler) {
    if (open == handler) {
      open = null;
      if (!isMute) {
        FrameHandler.guard("closed", () -> owner.listener().closed(node, false));
      }
    }
    connectLater();
  }
}
