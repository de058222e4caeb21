package io.shardgrid.node.access;

import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.MigrationState;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.PlanReport.Weighing;
import io.shardgrid.key.VerifyReport;
import java.util.List;

/** What is told of moves where there are none. */
final class SampleMoves {

  private static final long MIB = 1 << 20;

  private SampleMoves() {}

  /** One move under way, and one that has ended. */
  static MigrationReport report(NodeId source, NodeId target, boolean isPaused) {
    return new MigrationReport(
        isPaused,
        new MigrationReport.Totals(2, 1, 0, 4, 1, 3 * MIB, MIB, MigrationReport.UNKNOWN),
        List.of(
            new MigrationReport.Move(
                3,
                MigrationKind.PRIMARY,
                source,
                target,
                MigrationState.MIGRATING,
                "",
                MIB,
                2 * MIB,
                MIB,
                2_000,
                1_500,
                MigrationReport.UNKNOWN,
                DigestVerdict.NOT_YET),
            new MigrationReport.Move(
                4,
                MigrationKind.PRIMARY,
                source,
                target,
                MigrationState.DONE,
                "",
                MIB,
                0,
                0,
                MigrationReport.UNKNOWN,
                1_500,
                2_500_000,
                DigestVerdict.MATCHED)),
        List.of(new MigrationReport.MemberPace(source, 128 * MIB)));
  }

  /** One move for each weight: of the shard with its number. */
  static PlanReport plan(List<Weighing> weights, NodeId target) {
    return new PlanReport(
        weights.stream()
            .map(
                one ->
                    new PlanReport.PlannedMove(
                        one.weight(), MigrationKind.BACKUP, one.node(), target, true, 100))
            .toList());
  }

  /** Shard 5 differs. */
  static VerifyReport verdicts(List<Integer> shards, NodeId primary, NodeId backup) {
    return new VerifyReport(
        shards.stream()
            .map(
                shard ->
                    new VerifyReport.ShardVerdict(
                        shard,
                        primary,
                        7,
                        List.of(
                            new VerifyReport.BackupVerdict(
                                backup,
                                shard == 5 ? DigestVerdict.DIFFERED : DigestVerdict.MATCHED,
                                7))))
            .toList());
  }
}
