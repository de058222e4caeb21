package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a leaving node's shards over before it goes. What was never written can go without a copy;
 * written shards have no other copy in this version, and leaving says how much is lost with them.
 */
final class Departure {

  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  /** What a departing node asks of the others and of itself. */
  interface Questions {

    /** Announces the departure; completes with whether there is a member to take the shards. */
    CompletionStage<Boolean> hasTarget();

    /** What this node still holds. */
    CompletionStage<ShardHost.Load> load();
  }

  private final Duration timeout;
  private final Duration poll;

  Departure(Duration timeout, Duration poll) {
    this.timeout = timeout;
    this.poll = poll;
  }

  /** Waits until the never-written shards have gone, as long as there is somewhere to go. */
  void handOver(NodeId self, boolean isAlone, Questions questions) {
    try {
      ShardHost.Load left = questions.load().toCompletableFuture().join();
      boolean hasTarget = !isAlone && questions.hasTarget().toCompletableFuture().join();
      long deadline = System.nanoTime() + timeout.toNanos();
      while (hasTarget && !left.unwrittenSeats().isEmpty() && System.nanoTime() - deadline < 0) {
        LockSupport.parkNanos(poll.toNanos());
        hasTarget = questions.hasTarget().toCompletableFuture().join();
        left = questions.load().toCompletableFuture().join();
      }
      tell(self, left, hasTarget);
    } catch (CompletionException e) {
      LOG.warn("The node leaves without handing over its shards: node={}", self, e.getCause());
    }
  }

  private static void tell(NodeId self, ShardHost.Load left, boolean hasTarget) {
    if (left.entries() > 0) {
      LOG.warn(
          "The node leaves with the only copy of its data, which is lost: node={}, entries={},"
              + " bytes={}, cause={}",
          self,
          left.entries(),
          left.liveBytes(),
          hasTarget ? "no live migration in this version" : "no other member");
    }
  }
}
