package io.shardgrid.shard;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * The bounds of a shard's replica, each for one shard. Immutable.
 *
 * @param heldOperationsMax operations that wait for the shard's seat
 * @param heldBytesMax bytes of these operations
 * @param openWritesMax remembered writes of a client that has not said it knows their answers
 * @param answerBytesMax bytes of a client's remembered answers beyond plain numbers
 * @param clientsMax clients whose writes are remembered
 * @param clientSilence how long at least a client that writes nothing is remembered
 * @param mapsMax maps
 * @param pageEntriesMax entries of a page of a scan
 * @param pageBytesMax bytes of keys and values at which a page of a scan ends
 * @param sweepEntriesMax entries, and clients, that a tick looks at to find what has expired
 * @param evictionsMax entries that one entry may push out of a map that evicts
 */
public record ReplicaSettings(
    int heldOperationsMax,
    long heldBytesMax,
    int openWritesMax,
    long answerBytesMax,
    int clientsMax,
    Duration clientSilence,
    int mapsMax,
    int pageEntriesMax,
    long pageBytesMax,
    int sweepEntriesMax,
    int evictionsMax) {

  private static final String PATH = "grid.shard";

  public ReplicaSettings {
    requirePositive("held-operations-max", heldOperationsMax);
    requirePositive("held-bytes-max", heldBytesMax);
    requirePositive("open-writes-max", openWritesMax);
    requirePositive("answer-bytes-max", answerBytesMax);
    requirePositive("clients-max", clientsMax);
    boolean isAboveZero = !clientSilence.isNegative() && !clientSilence.isZero();
    require(isAboveZero, "client-silence", clientSilence);
    requirePositive("maps-max", mapsMax);
    requirePositive("page-entries-max", pageEntriesMax);
    requirePositive("page-bytes-max", pageBytesMax);
    requirePositive("sweep-entries-max", sweepEntriesMax);
    requirePositive("evictions-max", evictionsMax);
  }

  /**
   * Reads {@code grid.shard}.
   *
   * @param grid the section {@code grid}
   * @throws io.shardgrid.failure.GridConfigException if a value is missing or wrong
   */
  public static ReplicaSettings from(Config grid) {
    return StrictSettings.read(grid, PATH, all -> read(all.getConfig("shard")));
  }

  private static ReplicaSettings read(Config shard) {
    return new ReplicaSettings(
        shard.getInt("held-operations-max"),
        shard.getBytes("held-bytes-max"),
        shard.getInt("open-writes-max"),
        shard.getBytes("answer-bytes-max"),
        shard.getInt("clients-max"),
        shard.getDuration("client-silence"),
        shard.getInt("maps-max"),
        shard.getInt("page-entries-max"),
        shard.getBytes("page-bytes-max"),
        shard.getInt("sweep-entries-max"),
        shard.getInt("evictions-max"));
  }

  private static void requirePositive(String key, long value) {
    require(value > 0, key, value);
  }

  private static void require(boolean holds, String key, Object found) {
    StrictSettings.require(holds, PATH + "." + key, "more than 0", found);
  }
}
