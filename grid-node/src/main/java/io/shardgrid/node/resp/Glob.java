package io.shardgrid.node.resp;

/**
 * Matches keys against patterns: {@code ?}, {@code *}, {@code [a-z]}, {@code [^x]}, and a backslash
 * before what stands for itself. After {@code stringmatchlen} in Redis' {@code util.c}, but without
 * its recursion: only the last star is tried again, so that it takes O(pattern x key) at most.
 */
public final class Glob {

  private final byte[] pattern;

  /** A pattern, in the encoding of the keys. */
  public Glob(byte[] pattern) {
    this.pattern = pattern;
  }

  /** Whether the whole key fits. */
  public boolean matches(byte[] key) {
    int at = 0;
    int in = 0;
    int afterStar = -1;
    int starIn = 0;
    while (in < key.length) {
      if (at < pattern.length && pattern[at] == '*') {
        afterStar = ++at;
        starIn = in;
        continue;
      }
      int next = at < pattern.length ? matchOne(at, key[in]) : -1;
      if (next >= 0) {
        at = next;
        in++;
      } else if (afterStar >= 0) {
        at = afterStar;
        in = ++starIn;
      } else {
        return false;
      }
    }
    while (at < pattern.length && pattern[at] == '*') {
      at++;
    }
    return at == pattern.length;
  }

  /** Where the pattern goes on if what stands at {@code at} matches the byte, else -1. */
  private int matchOne(int at, byte found) {
    return switch (pattern[at]) {
      case '?' -> at + 1;
      case '[' -> matchClass(at + 1, found);
      case '\\' -> matchLiteral(at + 1 < pattern.length ? at + 1 : at, found);
      default -> matchLiteral(at, found);
    };
  }

  private int matchLiteral(int at, byte found) {
    return pattern[at] == found ? at + 1 : -1;
  }

  private int matchClass(int from, byte found) {
    int at = from;
    boolean isNegated = at < pattern.length && pattern[at] == '^';
    if (isNegated) {
      at++;
    }
    boolean isIn = false;
    while (at < pattern.length && pattern[at] != ']') {
      if (pattern[at] == '\\' && at + 1 < pattern.length) {
        at++;
        isIn |= pattern[at] == found;
      } else if (at + 2 < pattern.length && pattern[at + 1] == '-') {
        isIn |= isBetween(pattern[at], pattern[at + 2], found);
        at += 2;
      } else {
        isIn |= pattern[at] == found;
      }
      at++;
    }
    int next = Math.min(at + 1, pattern.length);
    return isIn != isNegated ? next : -1;
  }

  private static boolean isBetween(byte one, byte other, byte found) {
    int low = Math.min(one & 0xFF, other & 0xFF);
    int high = Math.max(one & 0xFF, other & 0xFF);
    return (found & 0xFF) >= low && (found & 0xFF) <= high;
  }
}
