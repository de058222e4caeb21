package io.shardgrid.wire.replica;

import io.shardgrid.key.Digest;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.PeerMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What replicas of one shard say to each other. Immutable. Every message may be lost with its
 * connection, and all but a {@link Yield} keep their order between two nodes.
 */
public sealed interface ReplicaMessage extends PeerMessage {

  /** Number of the shard. */
  int shard();

  /** The seat that it is about. */
  long seat();

  /**
   * The primary's writes to a backup; without any, a sign of life. Answered with {@link AppendAck}
   * or {@link Nack}.
   *
   * @param epoch of the newest committed placement that the primary knows
   * @param placement that placement; null if the backup is known to have it
   * @param base number of the write before the first one
   * @param writes numbered without a gap
   * @param commit number of the last write that every required replica has
   * @param isSole whether these writes need no other replica than the receiver and their primary:
   *     it may tell its own process of those that it logs
   * @param sentAtNanos when it was sent, by the primary's monotonic clock
   * @param wallMillis the shard's wall time
   * @param checkSeq the number of the write after which the digest was taken
   * @param digest of all entries then; null if none is sent
   */
  record Append(
      int shard,
      long seat,
      long epoch,
      @Nullable PlacementEntry placement,
      long base,
      List<LoggedWrite> writes,
      long commit,
      boolean isSole,
      long sentAtNanos,
      long wallMillis,
      long checkSeq,
      @Nullable Digest digest)
      implements ReplicaMessage {

    public Append {
      writes = List.copyOf(writes);
    }
  }

  /**
   * Some of the writes that follow are of operations that are followed. Nothing depends on it: it
   * may be lost, and is not answered.
   *
   * @param writes ascending, {@link #FOLLOWED_MAX} at most
   */
  record Followed(int shard, long seat, List<FollowedWrite> writes) implements ReplicaMessage {

    public Followed {
      writes = List.copyOf(writes);
    }
  }

  /** Most writes of one {@link Followed}: others of the same batch are not followed further. */
  int FOLLOWED_MAX = 64;

  /**
   * A write of an operation that is followed.
   *
   * @param seq its number in the shard
   * @param trace the span of its shard
   */
  record FollowedWrite(long seq, TraceContext trace) {}

  /**
   * A backup has what was sent, and promises to follow no newer seat of its own for a while.
   *
   * @param length number of the last write in its log
   * @param isGap whether it could not use the writes, since it lacks some before them
   * @param toldAbove behind the write with this number it has told its own process of all; {@code
   *     length} if of none
   * @param sentAtEcho {@code sentAtNanos} of what is acknowledged
   */
  record AppendAck(
      int shard, long seat, long length, boolean isGap, long toldAbove, long sentAtEcho)
      implements ReplicaMessage {}

  /**
   * A replica does not follow this seat.
   *
   * @param placement the newest committed placement that it knows
   * @param isStale whether it cannot follow, as its data has parted from the shard's: it asks to be
   *     removed from the in-sync set and copied anew
   */
  record Nack(int shard, long seat, PlacementEntry placement, boolean isStale)
      implements ReplicaMessage {}

  /**
   * The seat has ended in order: all its writes are committed. Whoever is named next need not wait
   * for its promise to run out.
   *
   * @param placement the newest committed placement that the former primary knows: it names the
   *     next one, which need not wait to be told by another way
   * @param length number of the last write
   */
  record Yield(int shard, long seat, PlacementEntry placement, long length)
      implements ReplicaMessage {}

  /**
   * An item of the stream that fills a learner. Answered with {@link CopyAck}.
   *
   * @param placement the newest committed placement that the primary knows
   * @param stream number of the stream, ascending in a seat
   * @param attempt how often the stream was resumed
   * @param index number of the item in the stream; meaningless for {@link CopyItem.Resume}
   */
  record Copy(
      int shard,
      long seat,
      PlacementEntry placement,
      long stream,
      int attempt,
      long index,
      CopyItem item)
      implements ReplicaMessage {}

  /**
   * A learner's verdict on what came.
   *
   * @param next number of the item that it wants next
   */
  record CopyAck(int shard, long seat, long stream, int attempt, long next, Verdict verdict)
      implements ReplicaMessage {}

  /** What a learner says about an item of a copy. */
  enum Verdict {
    /** Everything before the next one is applied. */
    INTACT,
    /** The checksum does not fit: it has to come again. */
    DAMAGED,
    /** The whole has another digest than it should: the copy has to begin anew. */
    DIFFERENT,
    /** The learner knows nothing of this stream, or cannot be filled: it has to begin anew. */
    UNKNOWN
  }
}
