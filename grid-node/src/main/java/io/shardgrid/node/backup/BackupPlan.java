package io.shardgrid.node.backup;

import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * How a backup is made. Immutable.
 *
 * @param directory where it goes; made if it is not there
 * @param parallel shards that are read at once, 1 to {@link #PARALLEL_MAX}
 * @param bytesPerSecond bytes that are read a second at most, over all shards; 0 for no limit
 * @param isCompressing whether files are compressed
 * @param isResuming whether files that are whole already are taken over
 * @param progress told how many shards are done, by any thread
 */
public record BackupPlan(
    Path directory,
    int parallel,
    long bytesPerSecond,
    boolean isCompressing,
    boolean isResuming,
    LongConsumer progress) {

  /** Most shards that are read at once. */
  public static final int PARALLEL_MAX = 64;

  public BackupPlan {
    if (parallel < 1 || parallel > PARALLEL_MAX) {
      throw new IllegalArgumentException(
          "parallel: wanted is 1 to " + PARALLEL_MAX + ", found is " + parallel);
    }
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException("bytesPerSecond: found is " + bytesPerSecond);
    }
  }
}
