package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a leaving node's shards over before it goes: it waits until the placement names it nowhere,
 * and says what is lost if that does not come about.
 */
final class Departure {

  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  /** What a departing node asks of the others and of itself. */
  interface Questions {

    /** Announces the departure; completes with whether there is a member to take the shards. */
    CompletionStage<Boolean> hasTarget();

    /** In how many shards' in-sync sets this node still is. */
    int shardsHere();

    /** What this node still holds. */
    CompletionStage<ShardHost.Load> load();
  }

  private final Duration timeout;
  private final Duration poll;

  Departure(Duration timeout, Duration poll) {
    this.timeout = timeout;
    this.poll = poll;
  }

  /**
   * Waits until all shards are elsewhere, as long as there is somewhere to go.
   *
   * @return whether nothing is lost with this node
   */
  boolean handOver(NodeId self, boolean isAlone, Questions questions) {
    try {
      boolean hasTarget = !isAlone && questions.hasTarget().toCompletableFuture().join();
      long deadline = System.nanoTime() + timeout.toNanos();
      while (hasTarget && questions.shardsHere() > 0 && System.nanoTime() - deadline < 0) {
        LockSupport.parkNanos(poll.toNanos());
        hasTarget = questions.hasTarget().toCompletableFuture().join();
      }
      if (questions.shardsHere() == 0) {
        return true;
      }
      ShardHost.Load left = questions.load().toCompletableFuture().join();
      tell(self, left, hasTarget);
      return left.entries() == 0;
    } catch (CompletionException e) {
      LOG.warn("The node leaves without handing over its shards: node={}", self, e.getCause());
      return false;
    }
  }

  private void tell(NodeId self, ShardHost.Load left, boolean hasTarget) {
    if (left.entries() > 0) {
      LOG.warn(
          "The node leaves before its shards are elsewhere; what has no other copy is lost: node={},"
              + " shards={}, entries={}, bytes={}, cause={}",
          self,
          left.primaries(),
          left.entries(),
          left.liveBytes(),
          hasTarget ? "not done within " + timeout.toMillis() + " ms" : "no other member");
    }
  }
}
