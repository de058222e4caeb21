package io.shardgrid.shard;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Times and bounds of replication, each for one shard unless it says otherwise. Immutable.
 *
 * @param lease how long a backup that has acknowledged takes no seat of its own; a primary counts
 *     nine tenths of it, from the time it sent
 * @param heartbeat how often a primary tells its backups that it lives, and repeats what is
 *     unanswered
 * @param isolation how long a shard must have been lost before its loss can be accepted; a primary
 *     tells nothing if a majority of the members has not answered its node for half of it
 * @param silence how long a backup may be silent before the primary asks for its removal
 * @param logBytesMax bytes of writes that some backup has not acknowledged; beyond it new writes
 *     are refused until later
 * @param unansweredMax operations that were carried out and wait for backups
 * @param appendBytesMax bytes of writes in one message
 * @param chunkBytes bytes of entries at which a chunk of a copy ends
 * @param chunksMax chunks of a copy that are sent ahead of their acknowledgement
 * @param copyBytesPerSecond entries of copies, of all shards of a node, are not sent faster than
 *     this
 * @param copyLatencyMax copies are sent more slowly while one of a hundred operations takes longer;
 *     null if that does not matter
 * @param copyBacklogBytesMax bytes of writes that a learner has not acknowledged; beyond it its
 *     copy is given up
 * @param exporting bounds of reading a shard out
 */
public record ReplicationSettings(
    Duration lease,
    Duration heartbeat,
    Duration silence,
    Duration isolation,
    long logBytesMax,
    int unansweredMax,
    long appendBytesMax,
    long chunkBytes,
    int chunksMax,
    long copyBytesPerSecond,
    @Nullable Duration copyLatencyMax,
    long copyBacklogBytesMax,
    Exporting exporting) {

  /**
   * Bounds of reading a shard out, for backups.
   *
   * @param readersMax clients that do so at once
   * @param silence how long one may not ask before it is forgotten, and has to begin anew
   * @param backlogBytesMax bytes of writes since one has asked; beyond it it has to begin anew
   */
  public record Exporting(int readersMax, Duration silence, long backlogBytesMax) {
    public Exporting {
      requirePositive("export-readers-max", readersMax);
      requirePositive("export-silence", silence);
      requirePositive("export-backlog-bytes-max", backlogBytesMax);
    }
  }

  private static final String PATH = "grid.replication";

  /** Well below the whole: until a loss is accepted, every reign that it ends has fallen silent. */
  private static final double ECHOED_SHARE = 0.5;

  public ReplicationSettings {
    requirePositive("lease", lease);
    requirePositive("heartbeat", heartbeat);
    requirePositive("silence", silence);
    requirePositive("isolation", isolation);
    requirePositive("log-bytes-max", logBytesMax);
    requirePositive("unanswered-max", unansweredMax);
    requirePositive("append-bytes-max", appendBytesMax);
    requirePositive("chunk-bytes", chunkBytes);
    requirePositive("chunks-max", chunksMax);
    requirePositive("copy-bytes-per-second", copyBytesPerSecond);
    if (copyLatencyMax != null) {
      requirePositive("copy-latency-max", copyLatencyMax);
    }
    requirePositive("copy-backlog-bytes-max", copyBacklogBytesMax);
  }

  /**
   * Reads {@code grid.replication}.
   *
   * @param grid the section {@code grid}
   * @throws io.shardgrid.failure.GridConfigException if a value is missing or wrong
   */
  public static ReplicationSettings from(Config grid) {
    return StrictSettings.read(grid, PATH, all -> read(all.getConfig("replication")));
  }

  private static ReplicationSettings read(Config replication) {
    return new ReplicationSettings(
        replication.getDuration("lease"),
        replication.getDuration("heartbeat"),
        replication.getDuration("silence"),
        replication.getDuration("isolation"),
        replication.getBytes("log-bytes-max"),
        replication.getInt("unanswered-max"),
        replication.getBytes("append-bytes-max"),
        replication.getBytes("chunk-bytes"),
        replication.getInt("chunks-max"),
        replication.getBytes("copy-bytes-per-second"),
        replication.getString("copy-latency-max").equals("off")
            ? null
            : replication.getDuration("copy-latency-max"),
        replication.getBytes("copy-backlog-bytes-max"),
        new Exporting(
            replication.getInt("export-readers-max"),
            replication.getDuration("export-silence"),
            replication.getBytes("export-backlog-bytes-max")));
  }

  /** A node that a majority has not answered for so long tells nothing. */
  long echoedNanosMax() {
    return (long) (ECHOED_SHARE * isolation.toNanos());
  }

  private static void requirePositive(String key, Duration found) {
    require(!found.isNegative() && !found.isZero(), key, found);
  }

  private static void requirePositive(String key, long found) {
    require(found > 0, key, found);
  }

  private static void require(boolean holds, String key, Object found) {
    StrictSettings.require(holds, PATH + "." + key, "more than 0", found);
  }
}
