package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a leaving node's shards over before it goes. What was never written can go without a copy;
 * written shards have no other copy in this version, and leaving says how much is lost with them.
 */
final class Departure {

  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  private final Duration timeout;
  private final Duration poll;

  Departure(Duration timeout, Duration poll) {
    this.timeout = timeout;
    this.poll = poll;
  }

  void handOver(
      NodeId self,
      List<MemberView> members,
      ActorRef<PlacementAuthority.Command> authority,
      Supplier<CompletionStage<ShardHost.Load>> load) {
    boolean hasTarget = members.stream().anyMatch(m -> !m.id().equals(self) && m.isEligible());
    try {
      ShardHost.Load left = load.get().toCompletableFuture().join();
      if (hasTarget) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!left.unwrittenSeats().isEmpty() && System.nanoTime() - deadline < 0) {
          authority.tell(new PlacementAuthority.Departing(self));
          LockSupport.parkNanos(poll.toNanos());
          left = load.get().toCompletableFuture().join();
        }
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
