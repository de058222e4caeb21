package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.route.Router;
import io.shardgrid.route.RouterSettings;
import io.shardgrid.route.Transport;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's router with its clockwork. It outlives the node's incarnations: operations that are
 * under way when the node is expelled wait until it has joined again, and end by their deadlines
 * meanwhile.
 *
 * <p>Thread-safe.
 */
final class NodeRouter implements Transport, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRouter.class);
  private static final long TICK_MILLIS = 10;

  private final Router router;
  private final ScheduledExecutorService ticker;
  private volatile @Nullable Traffic traffic;

  NodeRouter(RouterSettings settings, int shards, TraceSwitch traces) {
    long client = new SecureRandom().nextLong() & Long.MAX_VALUE;
    this.router = new Router(settings, shards, client, this, System::nanoTime, traces);
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "grid-ticker");
              thread.setDaemon(true);
              return thread;
            });
  }

  Router router() {
    return router;
  }

  /** Begins to tick. */
  void start() {
    ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Operations go through this incarnation from now on; null for none. */
  void use(@Nullable Traffic next) {
    traffic = next;
  }

  private void tick() {
    try {
      router.tick();
      Traffic current = traffic;
      if (current != null) {
        current.tick();
      }
    } catch (RuntimeException e) {
      LOG.error("A tick of the router failed, a bug", e);
    }
  }

  @Override
  public boolean isLocal(NodeId node) {
    Traffic current = traffic;
    return current != null && current.isLocal(node);
  }

  @Override
  public void execute(Operation operation) {
    Traffic current = traffic;
    if (current != null) {
      current.execute(operation);
    }
  }

  @Override
  public @Nullable Answer atOnce(String map, int shard, Request request, long minEpoch) {
    Traffic current = traffic;
    return current == null ? null : current.atOnce(map, shard, request, minEpoch);
  }

  @Override
  public boolean send(NodeId node, Operation operation) {
    Traffic current = traffic;
    return current != null && current.send(node, operation);
  }

  /** A replica of this process knows the answer to an operation of another one's primary. */
  void answered(int shard, long client, long seq, Answer answer) {
    Traffic current = traffic;
    if (current != null) {
      current.answered(shard, client, seq, answer);
    }
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    router.close();
  }
}
