package io.shardgrid.node.comparison;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One product's map of texts to bytes, in one of three roles. Its calls are thread-safe; opening
 * and closing it are not.
 */
interface Product extends AutoCloseable {

  /** What an instance is. */
  enum Role {
    /** The only node, in this process. */
    EMBEDDED,

    /** A member of a cluster of two on the loopback address, with one synchronous backup. */
    MEMBER,

    /** A client of a server in another process; it holds no data. */
    CLIENT
  }

  /** What a member says of itself: how many there are, and whether nothing is left to move. */
  record State(int members, boolean isSafe) {}

  /**
   * Opens it, and returns when it serves.
   *
   * @param number of the member, from 0 on
   */
  void open(Role role, int number);

  /** Reads a key and waits for it. */
  byte @Nullable [] get(String key);

  /** Writes a key and waits for it; the value before is not asked for. */
  void put(String key, byte[] value);

  /** Whether it has calls that do not wait. */
  default boolean isAsync() {
    return true;
  }

  /** Reads a key; completes with whether its value has so many bytes. */
  default CompletionStage<Boolean> getAsync(String key, int valueBytes) {
    throw new UnsupportedOperationException();
  }

  /** Writes a key. */
  default CompletionStage<?> putAsync(String key, byte[] value) {
    throw new UnsupportedOperationException();
  }

  /** How it is, as a member. */
  default State state() {
    return new State(1, true);
  }

  /** Starts the server that a client talks to. */
  default Server server() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  void close();
}
