package io.shardgrid.shard;

import io.shardgrid.wire.Answer;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation that waits until keys have been looked for in the store. Confined to its replica.
 */
final class LoadWait {

  /** An entry that goes again before the operation sees it is loaded so often. */
  private static final int ROUNDS_MAX = 8;

  private final Invocations.Running running;
  private final Set<ByteBuffer> absent;
  private final int round;
  private final long bytes;
  private int loadsLeft;
  private @Nullable Answer failure;

  /**
   * Waits for nothing yet.
   *
   * @param before what it has waited for already; null if for nothing
   */
  LoadWait(Invocations.Running running, @Nullable LoadWait before) {
    this.running = running;
    this.absent = before == null ? new HashSet<>() : before.absent;
    this.round = before == null ? 1 : before.round + 1;
    this.bytes = Footprint.of(running.operation());
  }

  /** Whether the operation has waited so often that it is given up. */
  static boolean isEndless(@Nullable LoadWait before) {
    return before != null && before.round >= ROUNDS_MAX;
  }

  Invocations.Running running() {
    return running;
  }

  /** About what the operation takes in memory. */
  long bytes() {
    return bytes;
  }

  /** Whether the store said that it does not have the key. */
  boolean knowsAbsent(ByteBuffer key) {
    return absent.contains(key);
  }

  /** It waits for one load more. */
  void waits() {
    loadsLeft++;
  }

  /** The store does not have the key. */
  void absent(ByteBuffer key) {
    absent.add(key);
  }

  /** A load has come to nothing: so has the operation. */
  void failed(Answer answer) {
    failure = answer;
  }

  /** A load has ended; whether it was the last one. */
  boolean ended() {
    loadsLeft--;
    return loadsLeft == 0;
  }

  /** What the operation is answered with, if it cannot be carried out. */
  @Nullable Answer failure() {
    return failure;
  }
}
