package io.shardgrid.history;

import java.util.List;

/**
 * Tells whether a history of one key is linearizable: whether every operation can be thought to
 * happen at one moment between its invocation and its end, so that all results are right.
 *
 * <p>Linearizability is local: a map is linearizable if and only if the history of each of its keys
 * is. The problem is NP-complete, so a check has a budget. Where answers tell versions, or every
 * value is written once, a right history costs about (operations x operations open at once) steps;
 * several operations of unknown outcome, and values that are written again and again without a
 * version being told, cost more. Memory: about 250 bytes for each situation in which there was a
 * choice, of which there are fewer than steps; it is free again after the check. Thread-safe if the
 * model is.
 */
public final class LinearizabilityChecker<I, O> {

  /*
   * Half of the steps go to a search among all orders. If it comes to no verdict, unknown operations
   * are why: of n there are 2^n sets that may have happened. Most histories are explained by a few
   * of them, and orders with few are few: these are searched next, as in iterative deepening. Only
   * an order that is found is a verdict there.
   */
  private static final int[] UNKNOWN_MAX = {1, 2, 4, 8};

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final SequentialModel<?, I, O> model;
  private final long stepsMax;

  /**
   * Checks against a model.
   *
   * @param stepsMax about how many steps of the model a check may try; to explain why a history is
   *     not linearizable may take as many again
   */
  public LinearizabilityChecker(SequentialModel<?, I, O> model, long stepsMax) {
    if (stepsMax < 1) {
      throw new IllegalArgumentException("A check needs steps: stepsMax=" + stepsMax);
    }
    this.model = model;
    this.stepsMax = stepsMax;
  }

  /** Checks a history. */
  public Finding<I, O> check(KeyHistory<I, O> history) {
    return check(model, history);
  }

  private <S> Finding<I, O> check(SequentialModel<S, I, O> model, KeyHistory<I, O> history) {
    List<RecordedOperation<I, O>> operations = history.operations();
    long share = stepsMax / (2L * UNKNOWN_MAX.length);
    Search<S, I, O> search =
        search(model, operations, stepsMax - UNKNOWN_MAX.length * share, NO_LIMIT);
    Verdict verdict = search.run();
    long steps = search.steps();
    for (int i = 0; verdict == Verdict.UNDECIDED && share > 0 && i < UNKNOWN_MAX.length; i++) {
      Search<S, I, O> narrow = search(model, operations, share, UNKNOWN_MAX[i]);
      verdict = narrow.run() == Verdict.LINEARIZABLE ? Verdict.LINEARIZABLE : verdict;
      steps += narrow.steps();
    }
    Explanation<I, O> explanation =
        verdict == Verdict.NOT_LINEARIZABLE
            ? new Explainer<>(model, operations, stepsMax).explain()
            : null;
    return new Finding<>(history, verdict, steps, explanation);
  }

  private static <S, I, O> Search<S, I, O> search(
      SequentialModel<S, I, O> model,
      List<RecordedOperation<I, O>> operations,
      long stepsMax,
      int unknownMax) {
    return new Search<>(
        model, model.foresight(operations), new Roster<>(operations), stepsMax, unknownMax);
  }
}
