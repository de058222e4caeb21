package io.shardgrid.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the comparison of shards' primaries with their backups has shown. Immutable.
 *
 * @param shards in their order
 */
public record VerifyReport(List<ShardVerdict> shards) {

  public VerifyReport {
    shards = List.copyOf(shards);
  }

  /** Whether every backup has answered and has what its primary has, and no shard is lost. */
  public boolean isMatched() {
    return shards.stream()
        .allMatch(
            shard ->
                shard.primary() != null
                    && shard.backups().stream()
                        .allMatch(backup -> backup.verdict() == DigestVerdict.MATCHED));
  }

  /**
   * One shard.
   *
   * @param primary null if it has none, or does not answer
   * @param sequence number of the primary's last write when it was asked
   */
  public record ShardVerdict(
      int shard, @Nullable NodeId primary, long sequence, List<BackupVerdict> backups) {

    public ShardVerdict {
      backups = List.copyOf(backups);
    }
  }

  /**
   * One backup.
   *
   * @param verdict {@link DigestVerdict#NONE} if it has not answered in time
   * @param sequence number of the write after which it was compared, at least the shard's; 0 if it
   *     was not
   */
  public record BackupVerdict(NodeId node, DigestVerdict verdict, long sequence) {}
}
