package io.shardgrid.node.admin;

import io.shardgrid.key.PlanReport;
import io.shardgrid.node.access.GridAccess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /migrations/plan} replies, field by field. Immutable.
 *
 * @param copies how many of the moves send data
 * @param bytes what they send, by the bytes of the shards' entries
 */
record PlanJson(int copies, long bytes, List<Move> moves) {

  /** One move; without a source if a missing copy is made. */
  record Move(
      int shard, String kind, @Nullable String source, String target, boolean copied, long bytes) {}

  static PlanJson of(GridAccess grid, PlanReport report) {
    MemberNames names = MemberNames.of(grid);
    return new PlanJson(
        (int) report.moves().stream().filter(PlanReport.PlannedMove::isCopied).count(),
        report.moves().stream().mapToLong(PlanReport.PlannedMove::bytes).sum(),
        report.moves().stream()
            .map(
                move ->
                    new Move(
                        move.shard(),
                        MigrationsJson.word(move.kind()),
                        names.nameOrNull(move.source()),
                        names.nameOf(move.target()),
                        move.isCopied(),
                        move.bytes()))
            .toList());
  }
}
