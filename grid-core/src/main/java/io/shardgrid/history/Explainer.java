package io.shardgrid.history;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what to show of a history that is not linearizable.
 *
 * <p>Every beginning of a linearizable history is linearizable, so halving finds the shortest one
 * that is not. Its last answer is the one that cannot be, and what came before has an order.
 */
final class Explainer<S, I, O> {

  private final SequentialModel<S, I, O> model;
  private final List<RecordedOperation<I, O>> history;
  private final long stepsMax;
  private long steps;

  /**
   * Explains a history.
   *
   * @param stepsMax about how many steps may be tried, half of them to find the beginning; when
   *     these do not do, the explanation is of a longer beginning, or has a shorter order
   */
  Explainer(SequentialModel<S, I, O> model, List<RecordedOperation<I, O>> history, long stepsMax) {
    this.model = model;
    this.history = history;
    this.stepsMax = stepsMax;
  }

  Explanation<I, O> explain() {
    long time = firstBad();
    Search<S, I, O> search = search(upTo(time - 1), stepsMax - steps);
    search.run();
    List<RecordedOperation<I, O>> placed = search.longest();
    List<RecordedOperation<I, O>> left = upTo(time);
    Set<Long> answered =
        placed.stream()
            .filter(RecordedOperation::isAnswered)
            .map(RecordedOperation::invoked)
            .collect(Collectors.toSet());
    Set<Long> used = placed.stream().map(RecordedOperation::invoked).collect(Collectors.toSet());
    return new Explanation<>(
        time,
        placed,
        stateAfter(placed).toString(),
        left.stream().filter(one -> one.isAnswered() && !answered.contains(one.invoked())).toList(),
        left.stream().filter(one -> one.isOpen() && !used.contains(one.invoked())).toList());
  }

  /** The time of the first answer with which the history is seen to be wrong. */
  private long firstBad() {
    long[] ends =
        history.stream()
            .filter(RecordedOperation::isAnswered)
            .mapToLong(RecordedOperation::completed)
            .sorted()
            .toArray();
    int low = 0;
    int bad = ends.length - 1;
    while (low < bad && steps < stepsMax / 2) {
      int middle = (low + bad) >>> 1;
      Search<S, I, O> search = search(upTo(ends[middle]), stepsMax / 2 - steps);
      if (search.run() == Verdict.NOT_LINEARIZABLE) {
        bad = middle;
      } else {
        low = middle + 1;
      }
      steps += search.steps();
    }
    return ends[bad];
  }

  private Search<S, I, O> search(List<RecordedOperation<I, O>> operations, long stepsMax) {
    return new Search<>(model, model.foresight(operations), new Roster<>(operations), stepsMax);
  }

  /** The operations that had an effect, as they were at a time. */
  private List<RecordedOperation<I, O>> upTo(long time) {
    return history.stream()
        .filter(one -> one.invoked() <= time && (one.isAnswered() || one.isOpen()))
        .map(one -> one.completed() <= time ? one : one.reopened())
        .toList();
  }

  private S stateAfter(List<RecordedOperation<I, O>> order) {
    S state = model.initial();
    for (RecordedOperation<I, O> operation : order) {
      state = requireNonNull(model.step(state, operation.input(), operation.output()));
    }
    return state;
  }
}
