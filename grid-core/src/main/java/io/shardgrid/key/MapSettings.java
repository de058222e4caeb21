package io.shardgrid.key;

import com.typesafe.config.Config;
import java.util.Locale;

/**
 * The settings of one map, the same on every node. Immutable.
 *
 * @param eviction which entry makes room when the map's, or the node's, memory is used up
 * @param bytesMax bytes that the map takes at most in the cluster, copies not counted; each shard
 *     has an equal part. {@link #UNLIMITED} for no limit but the node's
 */
public record MapSettings(EvictionPolicy eviction, long bytesMax) {

  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final long SHARD_BYTES_MIN = 16 << 10;

  /** Reads the section of a map that stands at {@code path}. */
  static MapSettings from(Config section, String path, int shards) {
    String policy = section.getString("eviction");
    EvictionPolicy eviction = EvictionPolicy.NONE;
    boolean isKnown = false;
    for (EvictionPolicy known : EvictionPolicy.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(policy)) {
        eviction = known;
        isKnown = true;
      }
    }
    StrictSettings.require(isKnown, path + ".eviction", "none, lru or lfu", policy);
    boolean isOff = section.getString("bytes-max").equals("off");
    long bytesMax = isOff ? UNLIMITED : section.getBytes("bytes-max");
    StrictSettings.require(
        bytesMax / shards >= SHARD_BYTES_MIN,
        path + ".bytes-max",
        "off, or at least 16 KiB for each of " + shards + " shards",
        bytesMax);
    return new MapSettings(eviction, bytesMax);
  }

  /** The part of the limit that one of so many shards has. */
  public long shardBytesMax(int shards) {
    return bytesMax == UNLIMITED ? UNLIMITED : bytesMax / shards;
  }

  /** As text that is equal exactly if the settings are. */
  @Override
  public String toString() {
    String limit = bytesMax == UNLIMITED ? "off" : Long.toString(bytesMax);
    return "eviction " + eviction.name().toLowerCase(Locale.ROOT) + ", bytes-max " + limit;
  }
}
