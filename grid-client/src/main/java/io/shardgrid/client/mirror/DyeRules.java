package io.shardgrid.client.mirror;

import io.shardgrid.bucket.SeededHash;
import io.shardgrid.wire.Request;
import java.util.Set;

/**
 * Which operations are dyed, and which writes the canary gets. Immutable, stateless: the same key
 * is always dyed or never, by every process that has the same rules.
 *
 * <p>A key is within the share if its hash, taken as a number from 0 to 1, is below it: a larger
 * share only adds keys. The hash is wyhash over all bytes of the key with a seed of its own. Slots
 * are CRC16 of the key or of its hash tag, so the two are independent: a share takes the same part
 * of the keys of every shard, and keys of one hash tag are dyed one by one.
 *
 * @param percent share of the keys, 0 to 100
 * @param maps to which it applies; empty for all
 * @param kinds of operations that are dyed; empty for all
 * @param tag that callers give operations that are to be dyed; empty if all others are
 * @param copiesAll whether the canary gets the writes of all keys of the maps, so that it holds
 *     what production holds and the share may grow; if not, only those of keys within the share
 */
public record DyeRules(
    double percent, Set<String> maps, Set<Request.Kind> kinds, String tag, boolean copiesAll) {

  /** Every operation of every map. */
  public static final DyeRules ALL = new DyeRules(100, Set.of(), Set.of(), "", true);

  private static final long SEED = 0x6479_6564_5f6b_6579L;
  private static final double WHOLE = 100;
  private static final double MANTISSA = 0x1p-53;
  private static final int MANTISSA_SHIFT = 11;

  public DyeRules {
    if (!(percent >= 0 && percent <= WHOLE)) {
      throw new IllegalArgumentException("A percentage is 0 to 100: found=" + percent);
    }
    maps = Set.copyOf(maps);
    kinds = Set.copyOf(kinds);
  }

  /** The same for another share. */
  public DyeRules withPercent(double other) {
    return new DyeRules(other, maps, kinds, tag, copiesAll);
  }

  /** Whether the canary gets writes by these rules that it does not get by others. */
  boolean copiesBeyond(DyeRules others) {
    boolean hasMoreMaps =
        maps.isEmpty() ? !others.maps.isEmpty() : !maps.stream().allMatch(others::isAbout);
    double share = copiesAll ? WHOLE : percent;
    double shareOfOthers = others.copiesAll ? WHOLE : others.percent;
    return hasMoreMaps || share > shareOfOthers;
  }

  /** Where a key stands between 0, which is dyed first, and 1. */
  static double positionOf(byte[] key) {
    long hash = SeededHash.hash(SEED, key, 0, key.length);
    return (hash >>> MANTISSA_SHIFT) * MANTISSA;
  }

  /** Whether a key is within the share. */
  boolean covers(byte[] key) {
    return percent >= WHOLE || positionOf(key) * WHOLE < percent;
  }

  /** Whether the rules are about this map. */
  boolean isAbout(String map) {
    return maps.isEmpty() || maps.contains(map);
  }

  /** Whether the canary gets a write of this key. */
  public boolean copies(String map, byte[] key) {
    return isAbout(map) && (copiesAll || covers(key));
  }

  /**
   * Whether an operation is dyed: compared, or answered by the canary.
   *
   * @param given the tag that its caller gave it; empty for none
   */
  public boolean isDyed(String map, byte[] key, Request.Kind kind, String given) {
    return isAbout(map)
        && (kinds.isEmpty() || kinds.contains(kind))
        && (tag.isEmpty() || tag.equals(given))
        && covers(key);
  }
}
