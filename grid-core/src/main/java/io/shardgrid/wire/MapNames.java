package io.shardgrid.wire;

import io.netty.buffer.ByteBuf;
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

  /** Reads a name behind its length. */
  String read(ByteBuf in) {
    int length = Fields.readSmall(in, "length of a name", WireFormat.NAME_BYTES_MAX);
    if (in.readableBytes() < length) {
      throw new WireException(
          "bytes end within a name: wanted=" + length + ", readable=" + in.readableBytes());
    }
    int place = hash(in, length) & (names.length - 1);
    Name known = names[place];
    if (known != null && matches(known.bytes, in, length)) {
      in.skipBytes(length);
      return known.text;
    }
    byte[] bytes = new byte[length];
    in.getBytes(in.readerIndex(), bytes);
    Name name = new Name(bytes, Fields.decode(in, length));
    names[place] = name;
    return name.text;
  }

  private static int hash(ByteBuf in, int length) {
    int start = in.readerIndex();
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + in.getByte(start + i);
    }
    return hash ^ (hash >>> 16);
  }

  private static boolean matches(byte[] bytes, ByteBuf in, int length) {
    if (bytes.length != length) {
      return false;
    }
    int start = in.readerIndex();
    for (int i = 0; i < length; i++) {
      if (bytes[i] != in.getByte(start + i)) {
        return false;
      }
    }
    return true;
  }
}
