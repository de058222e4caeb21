package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.wire.Answer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation in several parts, each to a shard of its own: ends when the last part has ended,
 * with the merged answers or the first part's failure.
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
        failure = partFailure;
        ended();
      }
    };
  }

  private void ended() {
    if (left.decrementAndGet() > 0) {
      return;
    }
    GridException first = failure;
    if (first != null) {
      whole.failed(first);
    } else {
      whole.resolved(merge.apply(answers));
    }
  }
}
