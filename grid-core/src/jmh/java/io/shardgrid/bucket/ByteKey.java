package io.shardgrid.bucket;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key of the JDK's maps: bytes that are compared by content and hashed once. Immutable. */
final class ByteKey {

  private final byte[] bytes;
  private final int hash;

  /** Wraps the bytes; copies nothing. */
  ByteKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  byte[] copy() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ByteKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
