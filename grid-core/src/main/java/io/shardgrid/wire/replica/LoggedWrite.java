package io.shardgrid.wire.replica;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import org.jspecify.annotations.Nullable;

/**
 * A numbered write as replicas log and apply it: its effects and its answer, never evaluated again.
 * Immutable.
 *
 * @param seq its number in the shard
 * @param seat the seat in which it was numbered; number and seat name one write for ever
 * @param wallMillis the shard's wall time when it was numbered
 * @param origin whose write it was; null for one of the primary's own, as of an expiry
 * @param change what it does
 */
public record LoggedWrite(
    long seq, long seat, long wallMillis, @Nullable Origin origin, Change change) {

  private static final long FRAME_BYTES = 64;

  /**
   * The operation that a write carries out.
   *
   * @param client number of the client
   * @param seq number of the operation
   * @param doneBelow every operation of the client and shard with a smaller number has ended
   * @param timeoutMillis how long the client gave it
   * @param answer what it is answered with, however often it comes
   */
  public record Origin(long client, long seq, long doneBelow, long timeoutMillis, Answer answer) {}

  /** About how many bytes it takes in memory. */
  public long bytes() {
    return FRAME_BYTES
        + change.bytes()
        + (origin == null ? 0 : AnswerCodec.bytesMax(origin.answer()));
  }
}
