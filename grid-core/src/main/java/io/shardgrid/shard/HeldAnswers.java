package io.shardgrid.shard;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Answers that may not be told yet, since a crash could still take back what they tell of, or since
 * another primary may act already. Confined to its replica.
 */
final class HeldAnswers {

  private final ArrayDeque<Held> queue = new ArrayDeque<>();

  /**
   * An answer that waits.
   *
   * @param need number of the write that has to be committed first
   * @param isNumbered whether that is the write of this very operation
   * @param isRead whether nothing of the operation is numbered, so that it may be carried out anew
   */
  record Held(
      long need,
      boolean isNumbered,
      boolean isRead,
      Operation operation,
      AnswerSink from,
      Answer answer) {}

  void add(Held held) {
    queue.add(held);
  }

  int size() {
    return queue.size();
  }

  /** Takes the oldest one out if what it needs is committed; null otherwise. */
  @Nullable Held poll(long commit) {
    Held oldest = queue.peek();
    return oldest != null && oldest.need() <= commit ? queue.poll() : null;
  }

  /** Puts the one just taken out back to where it was. */
  void putBack(Held oldest) {
    queue.addFirst(oldest);
  }

  /** Takes out what is past its deadline: nobody waits for it. O(size). */
  void dropLate(long nowNanos, ReplicaEffects effects) {
    queue.removeIf(
        held -> {
          boolean isLate = nowNanos - held.operation().deadlineNanos() > 0;
          if (isLate) {
            effects.drop(held.operation(), held.from());
          }
          return isLate;
        });
  }

  /** Takes all out: reads are refused with {@code moved}, of writes nothing is said. */
  void end(Answer.Moved moved, ReplicaEffects effects) {
    for (Held one : queue) {
      if (one.isRead()) {
        effects.answer(one.operation(), one.from(), moved);
      } else {
        effects.drop(one.operation(), one.from());
      }
    }
    queue.clear();
  }
}
