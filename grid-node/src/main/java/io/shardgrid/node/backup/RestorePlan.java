package io.shardgrid.node.backup;

import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * How a backup is restored. Immutable.
 *
 * @param directory where it is
 * @param mode what may be in the maps before
 * @param parallel files that are read at once, 1 to {@link BackupPlan#PARALLEL_MAX}
 * @param inFlight batches that each of these has under way at most, at least 1
 * @param progress told how many entries are written, by any thread
 */
public record RestorePlan(
    Path directory, Mode mode, int parallel, int inFlight, LongConsumer progress) {

  /** What happens to maps of the backup that have entries already. */
  public enum Mode {
    /** The restore is refused. */
    EMPTY,
    /** They are cleared first. */
    OVERWRITE,
    /** Entries of the backup take the place of those with the same key; others stay. */
    MERGE
  }

  public RestorePlan {
    if (parallel < 1 || parallel > BackupPlan.PARALLEL_MAX || inFlight < 1) {
      throw new IllegalArgumentException(
          "no plan: parallel=" + parallel + ", inFlight=" + inFlight);
    }
  }
}
