package io.shardgrid.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moves that lead from the placement of now to the planner's goal, none of which is done by
 * asking. Immutable.
 *
 * @param moves in the order of shards
 */
public record PlanReport(List<PlannedMove> moves) {

  public PlanReport {
    moves = List.copyOf(moves);
  }

  /**
   * One move.
   *
   * @param source null if a missing copy is made
   * @param isCopied whether data has to be sent
   * @param bytes bytes of the shard's entries if data has to be sent, as they were last reported
   */
  public record PlannedMove(
      int shard,
      MigrationKind kind,
      @Nullable NodeId source,
      NodeId target,
      boolean isCopied,
      long bytes) {}

  /** Another weight of a member, for a question. */
  public record Weighing(NodeId node, int weight) {}
}
