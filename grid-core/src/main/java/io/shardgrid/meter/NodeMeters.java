package io.shardgrid.meter;

import io.shardgrid.key.LinkLoad;
import io.shardgrid.key.LinkReport;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What meters read of a node. Thread-safe; nothing here blocks. */
public interface NodeMeters {

  /**
   * What waits in the node's router.
   *
   * @param operations that have no answer yet
   * @param bytes of these
   * @param failures how many ended without an answer of a shard so far, by reason
   */
  record Waiting(long operations, long bytes, Map<String, Long> failures) {
    public Waiting {
      failures = Map.copyOf(failures);
    }
  }

  /**
   * Memory of the node's tables.
   *
   * @param reservedBytes what they have taken
   * @param maxBytes what they may take
   */
  record Memory(long reservedBytes, long maxBytes) {}

  /** What is counted with operations; null if {@code grid.metrics} is off. */
  @Nullable NodeTally tally();

  /** What it knows of its cluster; O(shards). */
  ClusterFigures cluster();

  /** What its shards said last. */
  Holdings holdings();

  /** What its peer links have done since it joined. */
  LinkReport links();

  /** What is under way on these links now. */
  LinkLoad linkLoad();

  /** What its router has to do. */
  Waiting waiting();

  /** What its tables take. */
  Memory memory();

  /** What its rules have done. */
  RuleFigures rules();

  /** Messages that wait for the actors of a group of shards; O(messages). */
  long mailbox(int group);

  /** Asks the shards anew; the stage ends in every case, and soon. */
  CompletionStage<Void> look();

  /** Whether the node has stopped for good. */
  boolean isStopped();
}
