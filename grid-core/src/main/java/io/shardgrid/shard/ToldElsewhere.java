package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.shard.HeldAnswers.Held;
import org.jspecify.annotations.Nullable;

/**
 * What a backup may tell its own process of, and has told, before the primary knows that it is
 * committed. Confined to the primary.
 *
 * <p>A write that one backup has to have is committed when that one has logged it, whoever knows of
 * it. Whoever the placement may name must have it from then on: so the set of those who must
 * acknowledge may not grow by a learner that lacks what may have been told.
 */
final class ToldElsewhere {

  private long allowed;
  private @Nullable NodeId by;
  private long above;
  private long upTo;

  /** The only one required may tell of all writes up to this number that it logs. */
  void allow(long seq) {
    allowed = Math.max(allowed, seq);
  }

  /** Number of the last write that some backup may have told of. */
  long allowed() {
    return allowed;
  }

  /** A backup has told of the writes behind {@code newAbove}, up to {@code newUpTo}. */
  void told(NodeId node, long newAbove, long newUpTo) {
    if (newAbove >= newUpTo) {
      return;
    }
    if (!node.equals(by) || newAbove != upTo) {
      // Those before are answered again, if they were not yet: that does no harm.
      by = node;
      above = newAbove;
    }
    upTo = newUpTo;
  }

  /** Answers an operation, unless the node that it came from has told its process already. */
  void answer(Held held, ReplicaEffects effects) {
    if (held.isNumbered() && isToldBy(held.from().node(), held.need())) {
      effects.toldElsewhere(held.operation(), held.from(), held.answer());
    } else {
      effects.answer(held.operation(), held.from(), held.answer());
    }
  }

  private boolean isToldBy(@Nullable NodeId node, long seq) {
    return seq > above && seq <= upTo && node != null && node.equals(by);
  }
}
