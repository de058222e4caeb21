package io.shardgrid.node.security;

import java.util.List;
import java.util.Set;

/**
 * One line of a role: some rights on some maps. Immutable.
 *
 * @param maps names of maps, with {@code *} for any characters; {@link Right#ADMIN} needs none
 */
record Grant(List<String> maps, Set<Right> allow) {

  private static final String EVERY = "*";

  Grant {
    maps = List.copyOf(maps);
    allow = Set.copyOf(allow);
  }

  /** The rights as a mask. */
  int bits() {
    return allow.stream().mapToInt(Right::bit).reduce(0, (one, other) -> one | other);
  }

  boolean isOfEveryMap() {
    return maps.contains(EVERY);
  }

  boolean isOf(String map) {
    return maps.stream().anyMatch(pattern -> matches(pattern, map));
  }

  /** Whether the name is of the pattern. O(pattern times name), without recursion. */
  static boolean matches(String pattern, String name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int retry = 0;
    while (in < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        retry = in;
      } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(in)) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++retry;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
