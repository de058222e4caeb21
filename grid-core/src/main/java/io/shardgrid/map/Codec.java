package io.shardgrid.map;

import io.shardgrid.failure.CodecException;

/**
 * Turns keys or values into bytes and back. Works at the edge, in the caller's process; the shards
 * see bytes only.
 *
 * <p>Implementations are thread-safe, and equal objects have equal bytes if they are used for keys.
 *
 * @param <T> the type of the objects
 */
public interface Codec<T> {

  /**
   * The object's bytes, in a new array that nobody changes afterwards.
   *
   * @throws CodecException when the object cannot be encoded
   */
  byte[] encode(T object);

  /**
   * The object these bytes stand for. They may be the grid's own: they are neither changed nor
   * kept.
   *
   * @throws CodecException when they stand for none
   */
  T decode(byte[] bytes);

  /**
   * The same for bytes that nobody else has, or ever changes: they may be kept.
   *
   * @throws CodecException when they stand for none
   */
  default T decodeOwned(byte[] bytes) {
    return decode(bytes);
  }

  /** Whether it may be used for keys: a map refuses it for them if not. */
  default boolean isForKeys() {
    return true;
  }

  /** What it encodes, for messages: a class name or the like. */
  String describe();
}
