package io.shardgrid.node.admin;

import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.VerifyReport;
import io.shardgrid.node.access.GridAccess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /migrations/verify} replies, field by field. Immutable.
 *
 * @param matched whether every backup has answered and has what its primary has
 */
record VerifyJson(boolean matched, List<Shard> shards) {

  /** One shard; without a primary if that has not answered, or the shard is lost. */
  record Shard(int shard, @Nullable String primary, long sequence, List<Backup> backups) {}

  /** One backup: {@code matched}, {@code differed} or {@code no answer}. */
  record Backup(String node, String verdict, long sequence) {}

  static VerifyJson of(GridAccess grid, VerifyReport report) {
    MemberNames names = MemberNames.of(grid);
    return new VerifyJson(
        report.isMatched(), report.shards().stream().map(shard -> shardOf(names, shard)).toList());
  }

  private static Shard shardOf(MemberNames names, VerifyReport.ShardVerdict shard) {
    return new Shard(
        shard.shard(),
        names.nameOrNull(shard.primary()),
        shard.sequence(),
        shard.backups().stream()
            .map(
                backup ->
                    new Backup(
                        names.nameOf(backup.node()),
                        backup.verdict() == DigestVerdict.NONE
                            ? "no answer"
                            : MigrationsJson.word(backup.verdict()),
                        backup.sequence()))
            .toList());
  }
}
