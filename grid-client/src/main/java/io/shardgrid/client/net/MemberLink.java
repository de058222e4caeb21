package io.shardgrid.client.net;

import io.netty.channel.EventLoop;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.Backoff;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Topology;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to one member for as long as it is one: connects, and again with growing
 * waits. Confined to one event loop, except for {@link #start} and {@link #stop}.
 */
final class MemberLink implements Connection.Listener {

  /** What the links of a client have in common; called on the event loops. */
  interface Owner {

    /** A member is connected. Answers why it must not be used; null if it may. */
    @Nullable String opened(MemberLink link, Connection connection, Topology topology);

    /** A connected member tells of a change. Answers why it must not be used; null if it may. */
    @Nullable String learned(MemberLink link, Topology topology);

    /** The answer to one operation. */
    void answered(int shard, long client, long seq, Answer answer);

    /** A member does not let the client in. */
    void denied(MemberLink link, String why);

    /** A connection has ended, or an attempt has failed. */
    void closed(MemberLink link, String reason);
  }

  private static final Logger LOG = LoggerFactory.getLogger(MemberLink.class);

  private final MemberView member;
  private final NodeAddress address;
  private final Dialer dialer;
  private final EventLoop loop;
  private final Owner owner;
  private final Backoff backoff;
  private final long steadyNanos;
  private volatile boolean isStopped;
  private @Nullable Connection connection;
  private long openedNanos;
  private boolean isOpen;
  private boolean hasReported;
  private boolean isDenied;

  MemberLink(
      MemberView member, Dialer dialer, EventLoop loop, ConnectionSettings settings, Owner owner) {
    this.member = member;
    this.address = new NodeAddress(member.id().host(), member.respPort());
    this.dialer = dialer;
    this.loop = loop;
    this.owner = owner;
    this.backoff = new Backoff(settings.asLink(), new SplittableRandom());
    this.steadyNanos = settings.reconnectMax().toNanos();
  }

  NodeId node() {
    return member.id();
  }

  MemberView member() {
    return member;
  }

  NodeAddress address() {
    return address;
  }

  void start() {
    EventLoops.execute(loop, this::dial);
  }

  /** Closes for good; the owner is not told any more. */
  void stop() {
    isStopped = true;
    EventLoops.execute(
        loop,
        () -> {
          if (connection != null) {
            connection.close();
          }
        });
  }

  private void dial() {
    if (!isStopped) {
      connection = dialer.dial(address, loop, this);
    }
  }

  @Override
  public void opened(Connection opened, Topology topology) {
    String refusal = isStopped ? "not a member any more" : owner.opened(this, opened, topology);
    if (refusal != null) {
      opened.refuse(refusal);
      return;
    }
    isOpen = true;
    openedNanos = System.nanoTime();
    if (hasReported) {
      hasReported = false;
      LOG.info("Connected again: node={}, address={}", member.id(), address);
    }
  }

  @Override
  public void learned(Connection from, Topology topology) {
    String refusal = isStopped ? "not a member any more" : owner.learned(this, topology);
    if (refusal != null) {
      from.refuse(refusal);
    }
  }

  @Override
  public void answered(int shard, long client, long seq, Answer answer) {
    owner.answered(shard, client, seq, answer);
  }

  @Override
  public void denied(String why) {
    isDenied = true;
    owner.denied(this, why);
  }

  @Override
  public void closed(Connection closed, String reason) {
    connection = null;
    if (isStopped) {
      return;
    }
    // Only one that has lasted proves that the node is well: else a node that accepts and breaks
    // off would be dialled without pause.
    if (isOpen && System.nanoTime() - openedNanos > steadyNanos) {
      backoff.reset();
    }
    isOpen = false;
    owner.closed(this, reason);
    if (!hasReported) {
      hasReported = true;
      LOG.warn(
          "Not connected, trying on: node={}, address={}, cause={}", member.id(), address, reason);
    }
    // Each wrong password makes the node answer later: that is not helped by asking sooner.
    long waitNanos = isDenied ? Math.max(steadyNanos, backoff.nextNanos()) : backoff.nextNanos();
    isDenied = false;
    loop.schedule(this::dial, waitNanos, TimeUnit.NANOSECONDS);
  }
}
