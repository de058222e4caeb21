package io.shardgrid.node.security;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All that one user or token may do. Immutable to its callers, and thread-safe; what it has found
 * for the names of maps it remembers, for up to {@value #MAPS_MAX} of them.
 */
public final class Grants {

  /** All rights: of whoever asks a node that knows no users. */
  public static final Grants ALL =
      new Grants(
          List.of(
              new Grant(List.of("*"), java.util.EnumSet.of(Right.READ, Right.WRITE, Right.ADMIN))));

  private static final int MAPS_MAX = 1_024;

  /** What the names of the grid's own maps begin with: they are for administrators. */
  private static final String OWN = "grid.";

  private final List<Grant> grants;
  private final int onEveryMap;
  private final int all;
  private final Map<String, Integer> found = new ConcurrentHashMap<>();

  Grants(List<Grant> grants) {
    this.grants = List.copyOf(grants);
    int every = 0;
    int some = 0;
    for (Grant grant : grants) {
      every |= grant.isOfEveryMap() ? grant.bits() : 0;
      some |= grant.bits();
    }
    onEveryMap = every;
    all = some;
  }

  /** The rights on a map, as a mask for {@link #isCovered}. */
  public int onMap(String map) {
    Integer known = found.get(map);
    if (known != null) {
      return known;
    }
    int bits = 0;
    for (Grant grant : grants) {
      bits |= grant.isOf(map) ? grant.bits() : 0;
    }
    if (map.startsWith(OWN) && !isCovered(Need.ADMIN, all)) {
      bits = 0;
    }
    if (found.size() < MAPS_MAX) {
      found.put(map, bits);
    }
    return bits;
  }

  /** Whether a mask of {@link #onMap} has what is needed of one map. */
  public static boolean isCovered(Need need, int onMap) {
    return (need.bits() & ~onMap) == 0;
  }

  /** Whether all that is needed is granted; {@code map} counts for what is of one map. */
  public boolean cover(Need need, String map) {
    return need.isOfOneMap() ? isCovered(need, onMap(map)) : cover(need);
  }

  /** Whether what is of no single map is granted. */
  public boolean cover(Need need) {
    return switch (need) {
      case NOTHING, LOGIN -> true;
      case ADMIN -> isCovered(need, all);
      case READ_EVERY_MAP, WRITE_EVERY_MAP, READ, WRITE, READ_WRITE -> isCovered(need, onEveryMap);
    };
  }
}
