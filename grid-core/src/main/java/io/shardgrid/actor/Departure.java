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

  /** How a handing over has ended. */
  enum Outcome {
    /** The placement names this node nowhere: others have all that it had. */
    HANDED_OVER,
    /** There is no other member that can take anything. */
    NOBODY_THERE,
    /** Not all was handed over in time, or nobody could be asked. */
    UNFINISHED
  }

  /** What a departing node asks of the others and of itself. */
  interface Questions {

    /** Whether there is no other member. */
    boolean isAlone();

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
   * Waits until all shards are elsewhere, as long as there is somewhere to go. Says what is lost
   * otherwise.
   */
  Outcome handOver(NodeId self, Questions questions) {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean hasTarget = !questions.isAlone();
    while (hasTarget && questions.shardsHere() > 0 && System.nanoTime() - deadline < 0) {
      hasTarget = !questions.isAlone() && ask(questions.hasTarget(), true);
      LockSupport.parkNanos(poll.toNanos());
    }
    if (questions.shardsHere() == 0) {
      return Outcome.HANDED_OVER;
    }
    ShardHost.Load left = ask(questions.load(), ShardHost.Load.unknown(self));
    if (left.primaries() == 0 || left.entries() > 0) {
      tell(self, left, hasTarget);
    }
    return hasTarget ? Outcome.UNFINISHED : Outcome.NOBODY_THERE;
  }

  /** Whoever does not answer, as when the authority moves, is asked again. */
  private static <T> T ask(CompletionStage<T> question, T otherwise) {
    try {
      return question.toCompletableFuture().join();
    } catch (CompletionException e) {
      LOG.debug("No answer while leaving, asking again", e);
      return otherwise;
    }
  }

  private void tell(NodeId self, ShardHost.Load left, boolean hasTarget) {
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
