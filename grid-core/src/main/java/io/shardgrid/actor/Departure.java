package io.shardgrid.actor;

import io.shardgrid.key.DrainReport;
import io.shardgrid.key.DrainReport.Outcome;
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

  /** Waits until all shards are elsewhere, as long as there is somewhere to go. */
  DrainReport handOver(NodeId self, Questions questions) {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean hasTarget = !questions.isAlone();
    while (hasTarget && questions.shardsHere() > 0 && System.nanoTime() - deadline < 0) {
      hasTarget = !questions.isAlone() && ask(questions.hasTarget(), true);
      LockSupport.parkNanos(poll.toNanos());
    }
    if (questions.shardsHere() == 0) {
      return new DrainReport(Outcome.HANDED_OVER, 0, 0, 0);
    }
    ShardHost.Load left = ask(questions.load(), ShardHost.Load.unknown(self));
    return new DrainReport(
        hasTarget ? Outcome.UNFINISHED : Outcome.NOBODY_THERE,
        left.primaries(),
        left.entries(),
        left.liveBytes());
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

  /** Tells what is lost if the node leaves now. */
  static void warn(NodeId self, DrainReport report) {
    boolean isKnownEmpty = report.shards() > 0 && report.entries() == 0;
    if (report.outcome() == Outcome.HANDED_OVER || isKnownEmpty) {
      return;
    }
    LOG.warn(
        "The node leaves before its shards are elsewhere; what has no other copy is lost: node={},"
            + " shards={}, entries={}, bytes={}, cause={}",
        self,
        report.shards(),
        report.entries(),
        report.liveBytes(),
        report.outcome() == Outcome.UNFINISHED ? "not done in time" : "no other member");
  }
}
