package io.shardgrid.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of map names into strings, the same instance each time, mostly without decoding.
 *
 * <p>A cache of a fixed number of names; one that falls on another's place replaces it. May be used
 * by several threads at once.
 */
public final class MapNames {

  private record Name(byte[] bytes, String text) {}

  // Plain reads and writes: a Name is immutable, and a stale one costs one decoding.
  private final @Nullable Name[] names;

  /**
   * An empty cache.
   *
   * @param names how many names it holds at most, a power of two
   */
  public MapNames(int names) {
    if (Integer.bitCount(names) != 1) {
      throw new IllegalArgumentException("not a power of two: names=" + names);
    }
    this.names = new @Nullable Name[names];
  }

  /** The name that these bytes are. */
  String find(byte[] bytes, int start, int length) {
    int end = start + length;
    int place = hash(bytes, start, end) & (names.length - 1);
    Name known = names[place];
    if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, bytes, start, end)) {
      return known.text;
    }
    Name name =
        new Name(Arrays.copyOfRange(bytes, start, end), WireReader.decode(bytes, start, length));
    names[place] = name;
    return name.text;
  }

  private static int hash(byte[] bytes, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 16);
  }
}
