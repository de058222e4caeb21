package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Operation;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the operations of a shard over, one thread at a time: those for this process outside the
 * route's lock, those for others within it. Thread-safe; stateless but for {@code route.pumper}.
 */
final class Pump {

  private final long client;
  private final Transport transport;
  private final LongSupplier nanoClock;

  Pump(long client, Transport transport, LongSupplier nanoClock) {
    this.client = client;
    this.transport = transport;
    this.nanoClock = nanoClock;
  }

  /** Hands over what is to be sent, unless another thread is at it: it will send this too. */
  void run(ShardRoute route) {
    Operation local;
    synchronized (route) {
      local = begin(route, nanoClock.getAsLong());
    }
    if (local != null) {
      goOn(route, local);
    }
  }

  /** Called with the route's lock. Returns what this thread has to hand over, if anything. */
  @Nullable Operation begin(ShardRoute route, long nowNanos) {
    if (route.pumper != null) {
      return null;
    }
    route.pumper = Thread.currentThread();
    boolean isDone = false;
    try {
      Operation local = nextLocal(route, nowNanos);
      isDone = true;
      return local;
    } finally {
      if (!isDone) {
        end(route);
      }
    }
  }

  /**
   * Goes on from the first one that is for this process. Whether this thread still pumps it knows
   * without the lock: nobody else takes that from it.
   */
  void goOn(ShardRoute route, Operation first) {
    boolean isDone = false;
    try {
      Operation local = first;
      while (local != null) {
        transport.execute(local);
        local = route.pumper == Thread.currentThread() ? nextLocal(route) : null;
      }
      isDone = true;
    } finally {
      if (!isDone) {
        stop(route);
      }
    }
  }

  private @Nullable Operation nextLocal(ShardRoute route) {
    synchronized (route) {
      return route.hasUnsent() ? nextLocal(route, nanoClock.getAsLong()) : end(route);
    }
  }

  /** The transport has failed with a bug; the shard's other operations must not wait for ever. */
  private static void stop(ShardRoute route) {
    synchronized (route) {
      if (route.pumper == Thread.currentThread()) {
        end(route);
      }
    }
  }

  /** The thread that pumps is done. Called with the route's lock. */
  static @Nullable Operation end(ShardRoute route) {
    route.pumper = null;
    return null;
  }

  /**
   * Sends all that goes to other nodes; returns the next one for this process, or null when there
   * is no more to be pumped. Called with the route's lock.
   */
  private @Nullable Operation nextLocal(ShardRoute route, long nowNanos) {
    while (true) {
      Operation operation = route.next(nowNanos, client);
      NodeId node = route.primary();
      if (operation == null || node == null) {
        return end(route);
      }
      if (transport.isLocal(node)) {
        return operation;
      }
      if (!transport.send(node, operation)) {
        route.notSent(operation.seq(), nowNanos);
      }
    }
  }
}
