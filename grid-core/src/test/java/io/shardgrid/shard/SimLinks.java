package io.shardgrid.shard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The connections between nodes: two lanes for each ordered pair, FIFO within a connection, no
 * order between lanes, nor between a connection and the one after it. What is in flight on a
 * connection that breaks is lost, but for what the receiver has got already: a thread may have that
 * in hand for a while, and another thread take what comes on the next connection before.
 */
final class SimLinks {

  /** Data: operations, appends, copies. Control: placements, yields, requests, echoes. */
  enum Lane {
    DATA,
    CONTROL
  }

  private final SimTime time;
  private final Map<Way, Connection> connections = new HashMap<>();
  private final Set<Way> blocked = new HashSet<>();
  private double slowness = 1;

  private record Way(int from, int to, Lane lane) {}

  /** One connection, from its opening to its end. */
  private static final class Connection {
    private final long opensNanos;
    private long lastArrivalNanos;
    private boolean isBroken;

    /** What arrives until then, after the end, was in the receiver's hands; it comes so late. */
    private long heldUntilNanos;

    private long lateNanos;

    Connection(long opensNanos) {
      this.opensNanos = opensNanos;
    }
  }

  SimLinks(SimTime time) {
    this.time = time;
  }

  void slowness(double newSlowness) {
    slowness = newSlowness;
  }

  /** Whether something sent now would arrive unless the connection breaks. */
  boolean isOpen(SimNode from, SimNode to, Lane lane) {
    Way way = new Way(from.number, to.number, lane);
    return !to.isDead && !blocked.contains(way) && connection(way).opensNanos <= time.nowNanos();
  }

  /** Has a message handled by the receiver, unless it is lost with its connection. */
  void send(SimNode from, SimNode to, Lane lane, Runnable handler) {
    if (from == to) {
      to.schedule(time.nowNanos() + time.between(0, 1) / 10, handler);
      return;
    }
    if (!isOpen(from, to, lane)) {
      return;
    }
    Way way = new Way(from.number, to.number, lane);
    Connection connection = connection(way);
    long arrival = time.nowNanos() + delay();
    arrival = Math.max(arrival, connection.lastArrivalNanos + 1);
    connection.lastArrivalNanos = arrival;
    time.at(arrival, () -> arrived(connection, to, handler));
  }

  private void arrived(Connection connection, SimNode to, Runnable handler) {
    if (!connection.isBroken) {
      to.received(connection, handler);
    } else if (time.nowNanos() <= connection.heldUntilNanos) {
      time.after(connection.lateNanos, () -> to.received(connection, handler));
    }
  }

  private long delay() {
    long delay = (long) (time.between(0, 2) * slowness) + 50_000;
    return time.chance(0.01) ? delay + time.between(0, 60) : delay;
  }

  /** Breaks both directions of a pair's data lane: what is in flight is lost. */
  void breakData(SimNode one, SimNode other, long downNanos) {
    breakOne(new Way(one.number, other.number, Lane.DATA), downNanos);
    breakOne(new Way(other.number, one.number, Lane.DATA), downNanos);
    one.wayClosed(other);
    other.wayClosed(one);
    time.after(downNanos, () -> openAgain(one, other));
  }

  void breakControl(SimNode one, SimNode other) {
    breakOne(new Way(one.number, other.number, Lane.CONTROL), 0);
  }

  private void openAgain(SimNode one, SimNode other) {
    if (isOpen(one, other, Lane.DATA) && isOpen(other, one, Lane.DATA)) {
      one.wayOpened(other);
      other.wayOpened(one);
    }
  }

  private void breakOne(Way way, long downNanos) {
    Connection broken = connection(way);
    broken.isBroken = true;
    if (time.chance(0.7)) {
      broken.heldUntilNanos = time.nowNanos() + time.between(0, 3);
      broken.lateNanos = time.between(0, time.chance(0.2) ? 3_000 : 30);
    }
    long opensNanos = Math.max(broken.opensNanos, time.nowNanos() + downNanos);
    connections.put(way, new Connection(opensNanos));
  }

  /** Nothing goes from one node to another; a connection needs both directions. */
  void block(SimNode from, SimNode to, Lane lane) {
    blocked.add(new Way(from.number, to.number, lane));
    if (lane == Lane.DATA) {
      blocked.add(new Way(to.number, from.number, lane));
      breakData(from, to, 0);
    } else {
      breakOne(new Way(from.number, to.number, lane), 0);
    }
  }

  void unblock(SimNode from, SimNode to, Lane lane) {
    blocked.remove(new Way(from.number, to.number, lane));
    if (lane == Lane.DATA) {
      blocked.remove(new Way(to.number, from.number, lane));
      openAgain(from, to);
    }
  }

  private Connection connection(Way way) {
    return connections.computeIfAbsent(way, any -> new Connection(0));
  }
}
