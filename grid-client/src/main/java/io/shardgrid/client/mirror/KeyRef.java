package io.shardgrid.client.mirror;

import java.util.Arrays;

/** A key of a map, for tables. Immutable: nobody changes the bytes. */
record KeyRef(String map, byte[] key) {

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyRef ref && map.equals(ref.map) && Arrays.equals(key, ref.key);
  }

  @Override
  public int hashCode() {
    return map.hashCode() * 31 + Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return map + ":" + Printable.of(key, Printable.KEY_CHARS_MAX);
  }
}
