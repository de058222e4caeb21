package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation in several parts, each to a shard of its own: ends when the last part has ended,
 * with the merged answers or the first part's failure; if the outcome of any part is unknown, that
 * of the whole is.
 *
 * <p>Thread-safe.
 */
public final class Scatter {

  private final AtomicReferenceArray<@Nullable Answer> answers;
  private final AtomicInteger left;
  private final Outcome whole;
  private final Function<AtomicReferenceArray<@Nullable Answer>, Answer> merge;
  private volatile @Nullable GridException failure;

  /**
   * Begins to wait for the parts.
   *
   * @param merge makes one answer of all parts' answers, which are in the order of the parts
   */
  public Scatter(
      int parts, Outcome whole, Function<AtomicReferenceArray<@Nullable Answer>, Answer> merge) {
    this.answers = new AtomicReferenceArray<>(parts);
    this.left = new AtomicInteger(parts);
    this.whole = whole;
    this.merge = merge;
    if (parts == 0) {
      whole.resolved(merge.apply(answers));
    }
  }

  /** The sum of the parts' amounts. */
  public static Answer sum(AtomicReferenceArray<@Nullable Answer> answers) {
    long sum = 0;
    for (int part = 0; part < answers.length(); part++) {
      if (answers.get(part) instanceof Answer.Amount amount) {
        sum += amount.value();
      }
    }
    return new Answer.Amount(sum);
  }

  /** Nothing but that all parts were carried out. */
  public static Answer done(AtomicReferenceArray<@Nullable Answer> answers) {
    return Answer.Done.INSTANCE;
  }

  /** Where the outcome of a part goes. */
  public Outcome part(int number) {
    return new Outcome() {
      @Override
      public void resolved(Answer answer) {
        if (answer instanceof Answer.Failed failed) {
          failed(failed.code().toException(failed.message()));
          return;
        }
        answers.set(number, answer);
        ended();
      }

      @Override
      public void failed(GridException partFailure) {
        keep(partFailure);
        ended();
      }

      @Override
      public @Nullable TraceContext asker() {
        return whole.asker();
      }
    };
  }

  /** The first failure counts, but one that leaves the outcome open counts more. */
  private synchronized void keep(GridException partFailure) {
    boolean isDoubt = partFailure instanceof OutcomeUnknownException;
    if (failure == null || (isDoubt && !(failure instanceof OutcomeUnknownException))) {
      failure = partFailure;
    }
  }

  private void ended() {
    if (left.decrementAndGet() > 0) {
      return;
    }
    GridException first = failure;
    if (first != null) {
      whole.failed(first);
    } else {
      merge();
    }
  }

  private void merge() {
    Answer merged;
    try {
      merged = merge.apply(answers);
    } catch (RuntimeException e) {
      // The caller's stage has to end, whatever the shards have sent.
      whole.failed(new OutcomeUnknownException("The shards' answers do not fit together", e));
      return;
    }
    whole.resolved(merged);
  }
}
